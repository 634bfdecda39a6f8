import { isId } from './ids.js';

/** Who came to a room and who left it. */
export interface Change {
  readonly room: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What nodes announce to each other through the room store: a change, or without one a mark in the order of changes. */
export interface Notice {
  /** Known to the announcing node only. */
  readonly id: string;
  readonly change: Change | null;
}

export function encodeNotice(notice: Notice): string {
  return JSON.stringify(notice);
}

/** Checked like anything that comes from outside: whoever reaches the store can publish there. */
export function parseNotice(text: string): Notice | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const { id, change } = fieldsOf(value);
    if (typeof id !== 'string' || id.length > 256) return undefined;
    if (change === null) return { id, change };
    const { room, added, removed } = fieldsOf(change);
    return isId(room) && areIds(added) && areIds(removed) ? { id, change: { room, added, removed } } : undefined;
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function areIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isId);
}
