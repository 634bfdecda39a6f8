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

/**
 * A suite that needs a real server. Without it the suite is skipped and says why; where `BENCH_REQUIRE_SERVERS=1` (CI) a
 * missing server is a failure, so that nothing is ever skipped there unseen.
 */
export function describeWith({ program, path }: FoundServer, title: string, suite: (path: string) => void): void {
  if (path !== null) describe(title, () => suite(path));
  else if (process.env.BENCH_REQUIRE_SERVERS === '1') describe(title, () => it(`needs ${program}`, () => missing(program)));
  else skip(program, title);
}

/** The same for whatever a kind of transport needs, by its own word. */
export function describeKind(kind: TransportKind, title: string, suite: () => void): void {
  const missing = kind.missing();
  describeWith({ program: missing ?? kind.kind, path: missing === undefined ? kind.kind : null }, title, suite);
}

/** Vitest folds skipped suites into a number, so the reason is also written out. */
function skip(program: string, title: string): void {
  process.stderr.write(`skipped: ${title} (${program} is not on the PATH; bench doctor says how to install it)\n`);
  describe.skipIf(true)(`${title} (skipped: ${program} is not on the PATH)`, () => it(`needs ${program}`, () => {}));
}

function missing(program: string): never {
  throw new Error(`[tests] ${program} is not on the PATH and BENCH_REQUIRE_SERVERS=1 forbids skipping; install ${program}`);
}
