import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly line: string;
  readonly parents: readonly number[];
}

/** Every process of this machine that has not ended, with its command line and all above it. */
export function processes(): RunningProcess[] {
  const parentOf = new Map<number, number>();
  const lines = new Map<number, string>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = read(`/proc/${name}/stat`);
    parentOf.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    // Empty once it has ended and only waits for its parent to look.
    const line = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ');
    if (line !== '') lines.set(Number(name), line);
  }
  return [...lines].map(([pid, line]) => ({ pid, line, parents: parentsOf(pid, parentOf) }));
}

function parentsOf(pid: number, parentOf: ReadonlyMap<number, number>): number[] {
  const parent = parentOf.get(pid) ?? 0;
  return parent === 0 ? [] : [parent, ...parentsOf(parent, parentOf)];
}

/** Empty when the process ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
