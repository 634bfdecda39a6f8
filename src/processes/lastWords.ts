import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const keptLines = 20;
const toldLines = 4;
const keptCharacters = 300;

/** The last lines a process wrote, without secrets: what is said of it when it dies. */
export class LastWords {
  readonly #lines: string[] = [];
  readonly #secrets: readonly string[];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(child: ChildProcess, secrets: readonly string[]) {
    this.#secrets = secrets.filter((secret) => secret.length > 0);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.#hear(line));
    }
  }

  text(): string {
    return this.#lines.slice(-toldLines).join(' | ');
  }

  /** The first line, past or future, that `accept` makes something of. */
  async first<T>(accept: (line: string) => T | undefined, ended: Promise<never>): Promise<T> {
    let listener: ((line: string) => void) | undefined;
    const heard = new Promise<T>((resolve) => {
      listener = (line) => {
        const value = accept(line);
        if (value !== undefined) resolve(value);
      };
      for (const line of this.#lines) listener(line);
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
    this.#lines.push(shown.slice(0, keptCharacters));
    if (this.#lines.length > keptLines) this.#lines.shift();
    for (const listener of this.#listeners) listener(line);
  }
}
