import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unavailable } from '../../src/error.js';
import type { Change } from './changes.js';
import type { Runs } from './runs.js';

/** The committed tree in a folder of its own, as a worktree of the same repository: what is changed there is changed nowhere else. */
export class Copy {
  readonly path: string;
  readonly commit: string;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.commit = git(root, 'rev-parse', '--short', 'HEAD').trim();
    this.path = mkdtempSync(join(tmpdir(), 'bench-mutants-'));
    git(root, 'worktree', 'add', '--quiet', '--detach', '--force', this.path, 'HEAD');
    symlinkSync(realpathSync(join(root, 'node_modules')), join(this.path, 'node_modules'));
  }

  /** Files of the original that the copy does not know. */
  get uncommitted(): readonly string[] {
    return git(this.#root, 'status', '--porcelain').split('\n').filter(Boolean);
  }

  /** Makes a change, and builds. Throws where the text to be changed does not stand exactly once. */
  async change({ name, file, from, to }: Change, runs: Runs): Promise<void> {
    const path = join(this.path, file);
    const text = readFileSync(path, 'utf8');
    const found = text.split(from).length - 1;
    if (found !== 1)
      throw unavailable(`change "${name}": its text stands ${found} times in ${file}, not once; bring bench/mutants/changes.ts up to date`);
    // A function, so that no `$` in the text has a meaning of its own.
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    await this.build(runs);
  }

  async build(runs: Runs): Promise<void> {
    const { code, output } = await runs.node(['build.js'], this.path);
    if (code !== 0) throw unavailable(`the changed tree does not build, so no test would say anything of it:\n${output}`);
  }

  undo(): void {
    git(this.path, 'checkout', '--quiet', '--', '.');
  }

  remove(): void {
    git(this.#root, 'worktree', 'remove', '--force', this.path);
    rmSync(this.path, { recursive: true, force: true });
  }
}

function git(cwd: string, ...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('git', words, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw unavailable(`git ${words.join(' ')} failed in ${cwd}: ${stderr || error?.message}; run it in a git checkout`, error);
  return stdout;
}
