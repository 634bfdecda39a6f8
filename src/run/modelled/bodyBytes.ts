import { encodeDelivery } from '../../chat/bodies.js';
import { userId } from '../../plan/placement.js';
import type { Plan } from '../../plan/types.js';

/** What a message says, as it stands in a frame: its text, and who it is from and for. Ids are taken to be as long as the longest. */
export function bodyBytesOf({ size }: Pick<Plan, 'size'>): number {
  const user = userId(size.users);
  return encodeDelivery('message', `n${size.nodes}-${size.users}`, { from: user, to: user, text: 'x'.repeat(size.bytes) }).length;
}
