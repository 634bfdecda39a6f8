import { ReplyError } from './reply.js';

type Value = string | Set<string>;

interface Entry {
  readonly value: Value;
  /** Rises with every new key, so a SCAN can go on behind the last key it has seen whatever was removed meanwhile. */
  readonly order: number;
  expiresAt: number | null;
}

export interface ScanPage {
  /** Where the next page begins; 0: that was the last. */
  readonly cursor: number;
  readonly keys: readonly string[];
}

const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';

/** The keys of one database. A key whose time has passed is removed when it is next looked at. */
export class Keyspace {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  #order = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How many keys have an end. */
  get expiring(): number {
    return [...this.#entries.values()].filter((entry) => entry.expiresAt !== null).length;
  }

  typeOf(key: string): 'none' | 'string' | 'set' {
    const entry = this.#live(key);
    if (entry === undefined) return 'none';
    return typeof entry.value === 'string' ? 'string' : 'set';
  }

  text(key: string): string | null {
    const value = this.#live(key)?.value ?? null;
    if (value instanceof Set) throw new ReplyError(wrongType);
    return value;
  }

  setText(key: string, value: string, expiresAt: number | null): void {
    this.#put(key, value, expiresAt);
  }

  members(key: string): ReadonlySet<string> {
    return this.#set(key) ?? new Set();
  }

  /** How many of the members are new. */
  addMembers(key: string, members: readonly string[]): number {
    const set = this.#set(key) ?? new Set<string>();
    const before = set.size;
    for (const member of members) set.add(member);
    if (before === 0) this.#put(key, set, null);
    return set.size - before;
  }

  /** How many of the members were there; an emptied set is gone. */
  removeMembers(key: string, members: readonly string[]): number {
    const set = this.#set(key);
    const removed = members.filter((member) => set?.delete(member)).length;
    if (set?.size === 0) this.#entries.delete(key);
    return removed;
  }

  delete(key: string): boolean {
    return this.#live(key) !== undefined && this.#entries.delete(key);
  }

  /** Milliseconds left, null without an end, undefined without a key. */
  timeLeft(key: string): number | null | undefined {
    const entry = this.#live(key);
    if (entry === undefined) return undefined;
    return entry.expiresAt === null ? null : entry.expiresAt - this.#now();
  }

  expireIn(key: string, milliseconds: number): boolean {
    const entry = this.#live(key);
    if (entry === undefined) return false;
    entry.expiresAt = this.#now() + milliseconds;
    return true;
  }

  scan(cursor: number, count: number): ScanPage {
    const keys: string[] = [];
    for (const [key, { order }] of this.#entries) {
      if (order < cursor) continue;
      if (keys.length === count) return { cursor: order, keys };
      if (this.#live(key) !== undefined) keys.push(key);
    }
    return { cursor: 0, keys };
  }

  #set(key: string): Set<string> | undefined {
    const value = this.#live(key)?.value;
    if (typeof value === 'string') throw new ReplyError(wrongType);
    return value;
  }

  #put(key: string, value: Value, expiresAt: number | null): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAt, order: ++this.#order });
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry?.expiresAt == null || entry.expiresAt > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }
}
