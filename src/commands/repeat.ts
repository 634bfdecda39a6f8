import { type Asked, flagsAgain } from './flag.js';
import { runFlags } from './runFlags.js';

/**
 * The command that repeats a run: every number is said, also those that came from defaults, which may be others in the next version.
 * Passwords are masked, so a URL with one has to be given anew.
 */
export function repeatCommand(asked: Asked): string {
  return ['npx bench run', ...flagsAgain(runFlags, asked)].join(' ');
}

/** The same for several strategies, `all` or their names, with the options that were given. */
export function comparisonCommand(names: string, options: Readonly<Record<string, string>>, asked: Asked): string {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const flags = { ...runFlags, strategy: {}, strategies: { again: () => names }, option: { again: () => given } };
  return ['npx bench run', ...flagsAgain(flags, asked)].join(' ');
}
