/**
 * A set of integers kept as sorted ranges that neither overlap nor touch: a clean stream 1..n is one pair, whatever n is.
 * As JSON: `[from, to, from, to, ...]`, both ends included.
 */
export type RangesRecord = readonly number[];

type Keep = (inLeft: boolean, inRight: boolean) => boolean;

export class Ranges {
  #bounds: number[];

  constructor(record: RangesRecord = []) {
    this.#bounds = record.slice();
  }

  static of(numbers: Iterable<number>): Ranges {
    const ranges = new Ranges();
    for (const number of numbers) ranges.add(number);
    return ranges;
  }

  copy(): Ranges {
    return new Ranges(this.#bounds);
  }

  /** True when the number was new. */
  add(number: number): boolean {
    // Of millions of sets most hold one range for ever: an array that grew would keep room for eight more.
    if (this.empty) {
      this.#bounds = [number, number];
      return true;
    }
    const index = this.#reaching(number - 1);
    const from = this.#bound(index);
    const to = this.#bound(index + 1);
    if (from <= number && number <= to) return false;
    if (to === number - 1) this.#extend(index + 1, number);
    else if (from === number + 1) this.#bounds[index] = number;
    else this.#bounds.splice(index, 0, number, number);
    return true;
  }

  has(number: number): boolean {
    return this.#bound(this.#reaching(number)) <= number;
  }

  union(other: Ranges): Ranges {
    if (other.empty) return this.copy();
    if (this.empty) return other.copy();
    return Ranges.#combine(this, other, (here, there) => here || there);
  }

  intersection(other: Ranges): Ranges {
    return Ranges.#combine(this, other, (here, there) => here && there);
  }

  minus(other: Ranges): Ranges {
    return Ranges.#combine(this, other, (here, there) => here && !there);
  }

  get size(): number {
    let size = 0;
    for (let index = 0; index < this.#bounds.length; index += 2) size += this.#bound(index + 1) - this.#bound(index) + 1;
    return size;
  }

  equals(other: Ranges): boolean {
    return this.#bounds.length === other.#bounds.length && this.#bounds.every((bound, index) => bound === other.#bounds[index]);
  }

  get empty(): boolean {
    return this.#bounds.length === 0;
  }

  /** -Infinity when there is none. */
  get largest(): number {
    return this.#bounds.at(-1) ?? -Infinity;
  }

  *[Symbol.iterator](): Iterator<number> {
    for (let index = 0; index < this.#bounds.length; index += 2) {
      for (let number = this.#bound(index); number <= this.#bound(index + 1); number++) yield number;
    }
  }

  toJSON(): RangesRecord {
    return [...this.#bounds];
  }

  /** Beyond the end everything is infinite: a range that is never reached. */
  #bound(index: number): number {
    return this.#bounds[index] ?? Infinity;
  }

  /** Index of the first range whose end is at least the number; numbers mostly come in order, so the last range is tried first. */
  #reaching(number: number): number {
    let low = 0;
    let high = this.#bounds.length / 2;
    if (this.largest < number) return this.#bounds.length;
    if (this.#bound(this.#bounds.length - 2) <= number) return this.#bounds.length - 2;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#bound(2 * middle + 1) < number) low = middle + 1;
      else high = middle;
    }
    return 2 * low;
  }

  /** Moves the end of a range on by one, and joins it with the next where they touch. */
  #extend(end: number, number: number): void {
    if (this.#bound(end + 1) === number + 1) this.#bounds.splice(end, 2);
    else this.#bounds[end] = number;
  }

  /** Where the set begins (even index) or has ended (odd index). */
  #edge(index: number): number {
    return this.#bound(index) + (index % 2);
  }

  static #combine(left: Ranges, right: Ranges, keep: Keep): Ranges {
    const combined = new Ranges();
    let [here, there, inside] = [0, 0, false];
    for (;;) {
      const at = Math.min(left.#edge(here), right.#edge(there));
      if (at === Infinity) return combined;
      if (left.#edge(here) === at) here++;
      if (right.#edge(there) === at) there++;
      if (keep(here % 2 === 1, there % 2 === 1) === inside) continue;
      inside = !inside;
      combined.#bounds.push(inside ? at : at - 1);
    }
  }
}
