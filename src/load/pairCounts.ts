import { argSort } from './argSort.js';

/** Of a slot: the left number and one, 0 while it is empty; the right number; the count. */
const slotLength = 3;

/**
 * A whole number for each pair of whole numbers below 2^26, 0 where none was set. An open hash table in one typed array: 20 to 40 bytes
 * a pair and nothing for the garbage collector, where a load of random pairs makes a new one with almost every message. What belongs to
 * a pair lies together, since most of what a look at a large table costs is the wait for memory.
 */
export class PairCounts {
  #slots = new Int32Array(slotLength * 1024);
  #mask = 1023;
  #used = 0;

  get(left: number, right: number): number {
    return this.#slots[this.#find(left, right) + 2] ?? 0;
  }

  set(left: number, right: number, value: number): void {
    this.#put(this.#find(left, right), left, right, value);
  }

  /** One more; returns how many that makes. */
  increment(left: number, right: number): number {
    const at = this.#find(left, right);
    const value = (this.#slots[at + 2] ?? 0) + 1;
    this.#put(at, left, right, value);
    return value;
  }

  /** Counts one more if that makes `value`; false, and nothing changes, if not. */
  countsTo(left: number, right: number, value: number): boolean {
    const at = this.#find(left, right);
    if ((this.#slots[at + 2] ?? 0) + 1 !== value) return false;
    this.#put(at, left, right, value);
    return true;
  }

  /** From the least left number to the greatest. */
  *[Symbol.iterator](): Iterator<readonly [left: number, right: number, value: number]> {
    const slots = this.#slots;
    const lefts = new Int32Array(this.#mask + 1);
    for (let slot = 0; slot <= this.#mask; slot++) lefts[slot] = slots[slot * slotLength] ?? 0;
    for (const slot of argSort(lefts, 1)) {
      const at = slot * slotLength;
      yield [(slots[at] ?? 0) - 1, slots[at + 1] ?? 0, slots[at + 2] ?? 0];
    }
  }

  /** Where the pair is, or would be. */
  #find(left: number, right: number): number {
    const [slots, mask] = [this.#slots, this.#mask];
    for (let slot = hash(left, right) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * slotLength;
      if (slots[at] === 0 || (slots[at] === left + 1 && slots[at + 1] === right)) return at;
    }
  }

  #put(at: number, left: number, right: number, value: number): void {
    const slots = this.#slots;
    slots[at + 2] = value;
    if (slots[at] !== 0) return;
    slots[at] = left + 1;
    slots[at + 1] = right;
    if (++this.#used > (this.#mask + 1) * 0.6) this.#grow();
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < before.length; at += slotLength) {
      const left = before[at] ?? 0;
      if (left > 0) this.#move(left, before[at + 1] ?? 0, before[at + 2] ?? 0);
    }
  }

  #move(left: number, right: number, value: number): void {
    const at = this.#find(left - 1, right);
    this.#slots[at] = left;
    this.#slots[at + 1] = right;
    this.#slots[at + 2] = value;
  }
}

/** The finalizer of MurmurHash3 over both numbers. */
function hash(left: number, right: number): number {
  let mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
