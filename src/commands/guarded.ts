import { Guard } from '../processes/guard.js';
import type { Language } from '../report/language.js';
import type { Stage } from './oneRun.js';

/** Does the work with a guardian beside it, which clears up if bench cannot. */
export async function guarded(signal: AbortSignal, work: (stage: Stage) => Promise<void>, language?: Language): Promise<void> {
  const guard = Guard.start();
  try {
    await work({ signal, guard, language });
  } finally {
    await guard.close();
  }
}
