import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { GuardianWord } from './guard.js';
import { removeUnfinished } from './unfinished.js';

/**
 * Outlives the coordinator by a moment, on purpose. It is told over standard input, one word and its object a line (`guard.ts`), which
 * processes and folders a run owns; when that pipe closes, also because the coordinator was killed with -9, it ends what is left of them and goes.
 */
const pids = new Set<number>();
const folders = new Set<string>();
const unfinished = new Set<string>();

const hear: Readonly<Record<GuardianWord, (what: string) => void>> = {
  pid: (pid) => pids.add(Number(pid)),
  gone: (pid) => pids.delete(Number(pid)),
  folder: (folder) => folders.add(folder),
  removed: (folder) => folders.delete(folder),
  unfinished: (folder) => unfinished.add(folder),
  finished: (folder) => unfinished.delete(folder),
};

// The terminal's Ctrl-C and a closed terminal are the coordinator's business.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const space = line.indexOf(' ');
  hear[line.slice(0, space) as GuardianWord]?.(line.slice(space + 1));
}
for (const pid of pids) end(pid);
for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
// Folders inside come before the one around them, which was made first.
for (const folder of [...unfinished].reverse()) await removeUnfinished(folder);

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
