import { Guard } from '../processes/guard.js';
import type { Stage } from './oneRun.js';

/** Does the work with a guardian beside it, which clears up if bench cannot. */
export async function guarded(signal: AbortSignal, work: (stage: Stage) => Promise<void>): Promise<void> {
  const guard = Guard.start();
  try {
    await work({ signal, guard });
  } finally {
    await guard.close();
  }
}
