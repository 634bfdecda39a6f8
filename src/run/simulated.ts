import { Worker } from 'node:worker_threads';
import { BenchError, unavailable } from '../error.js';
import type { Measured } from '../measure/result.js';
import type { Plan } from '../plan/types.js';
import { entryFile } from '../processes/entryFile.js';
import { showOutcome } from './loadProgress.js';
import { memoryLimitMegabytes } from './simulated/memory.js';
import { type Progress, unlessAborted, type Watch } from './watch.js';

/** What the thread says. */
export type FromThread =
  | { readonly progress: Progress }
  | { readonly warning: string }
  | { readonly measured: Measured }
  | { readonly failed: { readonly fault: BenchError['fault']; readonly words: string } };

/** Most objects of a simulation die young: with so much room for them they do so before anybody copies them about. */
const youngMegabytes = 96;

/** Runs a plan in virtual time, in a thread that ends with this call. */
export async function runSimulated(plan: Plan, watch: Watch): Promise<Measured> {
  watch.signal.throwIfAborted();
  const thread = new Worker(entryFile('run/simulated/main'), {
    workerData: plan,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMegabytes(), maxYoungGenerationSizeMb: youngMegabytes },
  });
  try {
    const measured = await unlessAborted(watch.signal, resultOf(thread, watch));
    showOutcome({ plan, watch }, measured);
    return measured;
  } finally {
    await thread.terminate();
  }
}

function resultOf(thread: Worker, { progress, warn }: Watch): Promise<Measured> {
  return new Promise((resolve, reject) => {
    thread.on('error', (error) => reject(isOutOfMemory(error) ? outOfMemory(error) : error));
    thread.on('exit', () => reject(new BenchError('bug', '[simulation] ended without a result')));
    thread.on('message', (message: FromThread) => {
      if ('progress' in message) progress(message.progress);
      else if ('warning' in message) warn(message.warning);
      else if ('measured' in message) resolve(message.measured);
      else reject(new BenchError(message.failed.fault, message.failed.words));
    });
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function outOfMemory(cause: unknown): BenchError {
  const words = `the simulation needs more than the ${memoryLimitMegabytes()} MB that it may take on this machine; simulate fewer users, nodes or messages`;
  return unavailable(words, cause);
}
