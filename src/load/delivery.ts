import { type Status, statuses } from '../measure/sightings.js';
import { roomId, userId } from '../plan/placement.js';
import type { Push } from './driver.js';
import { readText, type Said } from './text.js';

/** What a push says, as far as it could be read. */
export type Pushed =
  | { readonly push: 'said'; readonly said: Said }
  | { readonly push: 'probe'; readonly from: string; readonly text: string }
  | undefined;

/** Parses a push at the border of the process. Undefined: no message of this run, or one whose text belongs to another envelope. */
export function readPush(event: Exclude<Push, 'status'>, delivery: unknown, bytes: number): Pushed {
  if (typeof delivery !== 'object' || delivery === null) return undefined;
  const { from, to, room, text } = delivery as Record<string, unknown>;
  if (typeof from !== 'string' || typeof text !== 'string') return undefined;
  if (event === 'probe') return { push: 'probe', from, text };
  const said = readText(text, bytes);
  if (said === undefined || from !== userId(said.from)) return undefined;
  const isIts = event === 'message' ? said.form === 'u' && to === userId(said.to) : said.form === 'r' && room === roomId(said.to);
  return isIts ? { push: 'said', said } : undefined;
}

/** Parses a change of status at the border of the process. Undefined: none of a user of this run. */
export function readStatus(change: unknown): { readonly about: number; readonly status: Status } | undefined {
  if (typeof change !== 'object' || change === null) return undefined;
  const { user, status } = change as Record<string, unknown>;
  const about = typeof user === 'string' ? /^u(0|[1-9][0-9]{0,8})$/.exec(user)?.[1] : undefined;
  const known = statuses.find((one) => one === status);
  return about === undefined || known === undefined ? undefined : { about: Number(about), status: known };
}
