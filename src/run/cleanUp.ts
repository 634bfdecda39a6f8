import { removeOwnKeys } from '../chat/rooms.js';
import type { Plan } from '../plan/types.js';
import type { Cast, Given } from './cast.js';

/** Servers that bench did not start keep nothing of it. Its own go with their folder. */
export async function cleanUp(plan: Plan, cast: Cast, given: Given): Promise<void> {
  if (given.store !== null && cast.store !== undefined) await removeOwnKeys(given.store, plan.run);
}
