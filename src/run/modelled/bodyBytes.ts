import { deliveryText } from '../../chat/deliveryText.js';
import { userId } from '../../plan/placement.js';
import type { Plan } from '../../plan/types.js';

/** What a message says, as it stands in a frame: its text, and who it is from and for. Ids are taken to be as long as the longest. All of it is ASCII. */
export function bodyBytesOf({ size }: Pick<Plan, 'size'>): number {
  const user = userId(size.users);
  return deliveryText('message', `n${size.nodes}-${size.users}`, { from: user, to: user, text: 'x'.repeat(size.bytes) }).length;
}
