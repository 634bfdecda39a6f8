import { readFile } from 'node:fs/promises';

/** Linux counts the CPU time of a process in hundredths of a second, whatever its kernel's own clock is (proc(5), sysconf(3)). */
const tickUs = 10_000;

/**
 * User and system CPU time of a process of this machine by the word of its kernel, for servers that do not say it themselves.
 * Null where there is no /proc, or no such process.
 */
export async function processCpuUs(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  // The second field is the program's name in parentheses and may hold anything; user and system time are the 14th and 15th.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? null : ticks * tickUs;
}
