import type { NodeId } from '../routing/types.js';
import { isId } from './ids.js';

/** Who came to a room and who left it. */
export interface Change {
  readonly room: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What nodes announce to each other through the room store: a change, or without one a mark in the order of changes. */
export interface Notice {
  readonly announcer: NodeId;
  /** Counted by the announcer. */
  readonly number: number;
  readonly change: Change | null;
}

/** What a node tells the announcer of a change: it acts by it. */
export interface Confirmation {
  readonly node: NodeId;
  readonly number: number;
}

export function encodeNotice(notice: Notice): string {
  return JSON.stringify(notice);
}

export function encodeConfirmation(confirmation: Confirmation): string {
  return JSON.stringify(confirmation);
}

/** Checked like anything that comes from outside: whoever reaches the store can publish there. */
export function parseNotice(text: string): Notice | undefined {
  const { announcer, number, change } = fieldsOf(text);
  if (!isId(announcer) || !isCount(number)) return undefined;
  if (change === null) return { announcer, number, change };
  const { room, added, removed } = fieldsIn(change);
  return isId(room) && areIds(added) && areIds(removed) ? { announcer, number, change: { room, added, removed } } : undefined;
}

/** Checked likewise. */
export function parseConfirmation(text: string): Confirmation | undefined {
  const { node, number } = fieldsOf(text);
  return isId(node) && isCount(number) ? { node, number } : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(text: string): Fields {
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return {};
  }
}

function fieldsIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function areIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isId);
}
