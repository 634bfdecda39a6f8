const empty = -1;

/**
 * A whole number for each pair of whole numbers below 2^26, 0 where none was set. An open hash table in two typed arrays: 20 to 40 bytes
 * a pair and nothing for the garbage collector, where a load of random pairs makes a new one with almost every message.
 */
export class PairCounts {
  #keys = new Float64Array(1024).fill(empty);
  #values = new Int32Array(1024);
  #used = 0;

  get(left: number, right: number): number {
    const slot = this.#slot(left, right);
    return this.#keys[slot] === empty ? 0 : (this.#values[slot] ?? 0);
  }

  set(left: number, right: number, value: number): void {
    const slot = this.#slot(left, right);
    this.#values[slot] = value;
    if (this.#keys[slot] !== empty) return;
    this.#keys[slot] = keyOf(left, right);
    if (++this.#used > this.#keys.length * 0.6) this.#grow();
  }

  *[Symbol.iterator](): Iterator<readonly [left: number, right: number, value: number]> {
    for (const [slot, key] of this.#keys.entries()) {
      if (key !== empty) yield [Math.floor(key / 2 ** 26), key % 2 ** 26, this.#values[slot] ?? 0];
    }
  }

  /** Where the pair is, or would be. */
  #slot(left: number, right: number): number {
    const key = keyOf(left, right);
    const mask = this.#keys.length - 1;
    let slot = hash(left, right) & mask;
    while (this.#keys[slot] !== key && this.#keys[slot] !== empty) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const all = [...this];
    this.#keys = new Float64Array(this.#keys.length * 2).fill(empty);
    this.#values = new Int32Array(this.#keys.length);
    this.#used = 0;
    for (const [left, right, value] of all) this.set(left, right, value);
  }
}

function keyOf(left: number, right: number): number {
  return left * 2 ** 26 + right;
}

/** The finalizer of MurmurHash3 over both numbers. */
function hash(left: number, right: number): number {
  let mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 13);
}
