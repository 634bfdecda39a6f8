import { removeOwnKeys } from '../chat/roomStore.js';
import { wordsOf } from '../error.js';
import type { Plan } from '../plan/types.js';
import type { Cast, Given } from './cast.js';
import type { Watch } from './watch.js';

/**
 * Servers that bench did not start keep nothing of it; its own go with their folder. Only after every node has ended: one that lives may write.
 * A store that is gone by then costs a warning, never the result.
 */
export async function cleanUp(plan: Plan, cast: Cast, { store }: Given, watch: Watch): Promise<void> {
  if (store === null || cast.store === undefined) return;
  try {
    await removeOwnKeys(store, plan.run);
  } catch (error) {
    watch.warn(`[store] keys that begin with bench:${plan.run}: may be left there: ${wordsOf(error)}`);
  }
}
