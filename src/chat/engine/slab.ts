/** A part of some buffer, still to be written. */
export interface Piece {
  readonly bytes: Buffer;
  readonly from: number;
  readonly length: number;
}

const slabBytes = 32 * 1024;

/** Cuts pieces from one buffer after the other: cheaper than a buffer for each. None is cut twice, since it may be on its way to the kernel for long. */
export class Slab {
  #bytes = Buffer.allocUnsafeSlow(slabBytes);
  #used = 0;

  piece(length: number): Piece {
    if (length > slabBytes / 4) return { bytes: Buffer.allocUnsafeSlow(length), from: 0, length };
    if (this.#used + length > slabBytes) {
      this.#bytes = Buffer.allocUnsafeSlow(slabBytes);
      this.#used = 0;
    }
    const from = this.#used;
    this.#used += length;
    return { bytes: this.#bytes, from, length };
  }
}
