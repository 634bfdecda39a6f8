#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import type { Outcome } from './commands/outcome.js';
import { programOf } from './commands/program.js';
import { BenchError } from './error.js';

/** 0 pass, 1 fail, 2 unknown, 64 wrong usage, 69 cannot run, 70 our own bug, 130 Ctrl-C. */
const codes = { usage: 64, unavailable: 69, bug: 70 } as const;

// The process list shows argv to everyone on the machine, and a --redis URL may hold a password.
process.title = 'bench';

const interrupt = new AbortController();
// All that is waited for at once listens for Ctrl-C: with 8 nodes that is more than Node.js takes for a leak.
setMaxListeners(0, interrupt.signal);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
const outcome: Outcome = { code: 0 };
process.stdout.on('error', unprinted);
// What cannot be said there can be said nowhere; the exit code and the result remain.
process.stderr.on('error', () => {});
// Node would end with 1, which says that a run was judged and failed.
process.on('uncaughtException', (error) => process.exit(complain(error)));

try {
  const program = await programOf(process.argv.slice(2), interrupt.signal, outcome);
  await program.parseAsync();
  process.exitCode = outcome.code;
} catch (error) {
  process.exitCode = complain(error);
}

/** The first asks for an orderly end; whoever asks again is not kept waiting, and the guardian of the run clears up. */
function stop(): void {
  if (interrupt.signal.aborted) process.exit(130);
  interrupt.abort(new DOMException('interrupted', 'AbortError'));
}

/** A reader that has gone (`bench list | head`) is no failure, a full disk is. Either way the command goes on: it may still have a result to keep. */
function unprinted(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  console.error(`bench: cannot write to standard output (${error.message}); send it elsewhere`);
  process.once('exit', () => {
    process.exitCode = codes.unavailable;
  });
}

function complain(error: unknown): number {
  if (interrupt.signal.aborted) {
    console.error(`bench: stopped; ${outcome.kept === undefined ? 'nothing was kept' : `what was finished is in ${outcome.kept}`}`);
    return 130;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : codes.usage;
  if (error instanceof BenchError && error.fault !== 'bug') {
    console.error(`bench: ${error.message}${causeOf(error)}`);
    return codes[error.fault];
  }
  console.error('bench: this is a bug in bench itself; please report it with the command and the lines below');
  console.error(error);
  return codes.bug;
}

/** What the message does not say already. */
function causeOf({ cause, message }: BenchError): string {
  return cause instanceof Error && !message.includes(cause.message) ? ` (${cause.message})` : '';
}
