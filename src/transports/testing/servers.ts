import { describe, it } from 'vitest';
import { findProgram } from '../findProgram.js';
import type { TransportKind } from '../types.js';

/** A server program that tests may need: where it is on this machine, or null. */
export interface FoundServer {
  readonly program: string;
  readonly path: string | null;
}

export function findServer(program: string): FoundServer {
  return { program, path: findProgram([program]) ?? null };
}

/** A suite that needs a real server. */
export function describeWith({ program, path }: FoundServer, title: string, suite: (path: string) => void): void {
  if (path !== null) describe(title, () => suite(path));
  else describeLacking([`${program} is not on the PATH; bench doctor says how to install it`], title);
}

/** The same for what kinds of transport need, by their own words. */
export function describeKinds(kinds: readonly TransportKind[], title: string, suite: () => void): void {
  const lacking = kinds.flatMap((kind) => kind.missing() ?? []);
  if (lacking.length === 0) describe(title, suite);
  else describeLacking(lacking, title);
}

/**
 * The suite is skipped and says why, also apart from the report, in which vitest folds skipped suites into a number. Where `BENCH_REQUIRE_SERVERS=1`
 * (CI) it fails instead, so that nothing is ever skipped there unseen.
 */
function describeLacking(lacking: readonly string[], title: string): void {
  const words = lacking.join('; ');
  const required = process.env.BENCH_REQUIRE_SERVERS === '1';
  if (!required) process.stderr.write(`skipped: ${title} (${words})\n`);
  describe.skipIf(!required)(`${title} (${required ? 'impossible' : 'skipped'}: ${words})`, () => {
    it('has what it needs', () => {
      throw new Error(`[tests] ${words}; BENCH_REQUIRE_SERVERS=1 forbids skipping`);
    });
  });
}
