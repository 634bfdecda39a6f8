import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/**
 * Outlives the coordinator by a moment, on purpose. It is told over standard input which processes and folder a run owns;
 * when that pipe closes, also because the coordinator was killed with -9, it ends what is left of them and goes.
 * Lines: `pid 123`, `gone 123`, `folder /tmp/bench-x`.
 */
const pids = new Set<number>();
let folder: string | undefined;

// The terminal's Ctrl-C and a closed terminal are the coordinator's business.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const [word, rest = ''] = splitOnce(line);
  if (word === 'pid') pids.add(Number(rest));
  if (word === 'gone') pids.delete(Number(rest));
  if (word === 'folder') folder = rest;
}
for (const pid of pids) end(pid);
if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

function splitOnce(line: string): string[] {
  const space = line.indexOf(' ');
  return space < 0 ? [line] : [line.slice(0, space), line.slice(space + 1)];
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
