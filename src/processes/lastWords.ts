import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const keptLines = 20;
const toldLines = 4;
const keptCharacters = 300;

/** The last lines a process wrote, without secrets: what is said of it when it dies. What it wrote until it was ready says nothing of its end. */
export class LastWords {
  readonly #lines: string[] = [];
  /** How many lines it wrote, and how many of them until the last one that was waited for. */
  #written = 0;
  #writtenWhenReady = 0;
  readonly #secrets: readonly string[];
  readonly #listeners = new Set<(line: string, number: number) => void>();

  constructor(child: ChildProcess, secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret.length > 0);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    }
  }

  text(): string {
    const since = this.#written - this.#writtenWhenReady;
    return since === 0 ? '' : this.#lines.slice(-Math.min(since, toldLines)).join(' | ');
  }

  /** The first line, past or future, that `accept` makes something of. */
  async first<T>(accept: (line: string) => T | undefined, ended: Promise<never>): Promise<T> {
    let listener: ((line: string, number: number) => void) | undefined;
    const heard = new Promise<T>((resolve) => {
      listener = (line, number) => {
        const value = accept(line);
        if (value === undefined) return;
        this.#writtenWhenReady = Math.max(this.#writtenWhenReady, number);
        resolve(value);
      };
      const before = this.#written - this.#lines.length;
      for (const [index, line] of this.#lines.entries()) listener(line, before + index + 1);
      this.#listeners.add(listener);
    });
    try {
      return await Promise.race([heard, ended]);
    } finally {
      if (listener !== undefined) this.#listeners.delete(listener);
    }
  }

  #hear(line: string): void {
    const shown = this.#secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line);
    const number = ++this.#written;
    this.#lines.push(shown.slice(0, keptCharacters));
    if (this.#lines.length > keptLines) this.#lines.shift();
    for (const listener of this.#listeners) listener(line, number);
  }
}
