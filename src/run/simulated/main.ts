import { parentPort, workerData } from 'node:worker_threads';
import { BenchError } from '../../error.js';
import type { Plan } from '../../plan/types.js';
import type { FromThread } from '../simulated.js';
import { simulate } from './simulate.js';

/** A simulation in a thread of its own: it keeps no event loop that somebody waits for, and has the memory that it needs. */
const tell = (message: FromThread) => parentPort?.postMessage(message);

try {
  const { measured } = await simulate(workerData as Plan, {
    progress: (progress) => tell({ progress }),
    warn: (words) => tell({ warning: words }),
  });
  tell({ measured });
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  tell({ failed: { fault: error.fault, words: error.message } });
}
