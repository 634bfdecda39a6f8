import { type Asked, flagsAgain } from './flag.js';
import { runFlags } from './runFlags.js';

/**
 * The command that repeats a run: every number is said, also those that came from defaults, which may be others in the next version.
 * Passwords are masked, so a URL with one has to be given anew.
 */
export function repeatCommand(asked: Asked): string {
  return ['npx bench run', ...flagsAgain(runFlags, asked)].join(' ');
}

/** What several strategies were asked for: `all` or their names, and the options that were given. */
export interface Named {
  readonly names: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What a command for several strategies has beside the flags of a run. */
interface Beyond {
  /** Flags that only it has, as they are given. */
  readonly more?: readonly string[];
  /** Flags of a run whose place is taken by these. */
  readonly without?: readonly string[];
}

/** The same for several strategies. */
export function severalCommand(command: string, { names, options }: Named, asked: Asked, { more = [], without = [] }: Beyond = {}): string {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const replaced = Object.fromEntries(without.map((name) => [name, {}]));
  const flags = { ...runFlags, strategy: {}, strategies: { again: () => names }, option: { again: () => given }, ...replaced };
  return [`npx bench ${command}`, ...flagsAgain(flags, asked), ...more].join(' ');
}

/** The same for a search of the highest rate, from the rate that it began with. */
export function capacityCommandAgain(
  asked: Asked,
  { rateMost, precision }: { readonly rateMost: number | undefined; readonly precision: number },
): string {
  const beyond = [...(rateMost === undefined ? [] : [`--rate-most ${rateMost}`]), `--precision ${precision}`];
  return ['npx bench capacity', ...flagsAgain({ ...runFlags, strategies: {} }, asked), ...beyond].join(' ');
}
