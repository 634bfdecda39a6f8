import { wordsOf } from '../error.js';
import { runChild } from '../processes/child.js';
import { openDriver } from './drivers.js';
import { workerCalls } from './worker.js';

/** Entry of a load worker process, started by `bench run`. Ctrl-C is for the coordinator: a worker ends when that does. */
process.on('SIGINT', () => {});
process.on('uncaughtException', die);
runChild('worker', workerCalls(openDriver)).catch(die);

function die(error: unknown): void {
  process.stderr.write(`[worker] ${error instanceof Error ? (error.stack ?? wordsOf(error)) : wordsOf(error)}\n`);
  process.exit(1);
}
