import { randomFillSync } from 'node:crypto';
import { length16, length64 } from './frames.js';

const roomBytes = 64 * 1024;
const maskBytes = 4;
const longestHeader = 14;

/**
 * Lays out a client's WebSocket frames one behind the other: final, masked with 4 fresh random bytes each (RFC 6455, section 5.3).
 * One serves all connections: what was laid out is handed to a socket before the next one's turn.
 */
export class FrameWriter {
  readonly #masks = Buffer.alloc(8192);
  #masksUsed = this.#masks.length;
  #room = Buffer.allocUnsafeSlow(roomBytes);
  #length = 0;

  text(opcode: number, payload: string): void {
    const bytes = Buffer.byteLength(payload);
    const start = this.#header(opcode, bytes);
    this.#room.write(payload, start, 'utf8');
    this.#mask(start);
  }

  bytes(opcode: number, payload: Buffer): void {
    const start = this.#header(opcode, payload.length);
    payload.copy(this.#room, start);
    this.#mask(start);
  }

  /** All frames since the last call. They stay as they are until the next frame, or for ever if `keep` is called before it. */
  take(): Buffer {
    const taken = this.#room.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** What was taken last is still to be read by somebody: the next frames go elsewhere. */
  keep(): void {
    this.#room = Buffer.allocUnsafeSlow(roomBytes);
  }

  /** Everything but the mask is in place behind it; returns where the payload begins. */
  #header(opcode: number, bytes: number): number {
    this.#grow(this.#length + longestHeader + bytes);
    const room = this.#room;
    let at = this.#length;
    room[at++] = 0x80 | opcode;
    if (bytes < length16) {
      room[at++] = 0x80 | bytes;
    } else if (bytes < 65_536) {
      room[at++] = 0x80 | length16;
      at = room.writeUInt16BE(bytes, at);
    } else {
      room[at++] = 0x80 | length64;
      at = room.writeUInt32BE(Math.floor(bytes / 2 ** 32), at);
      at = room.writeUInt32BE(bytes >>> 0, at);
    }
    this.#length = at + maskBytes + bytes;
    return at + maskBytes;
  }

  #mask(start: number): void {
    if (this.#masksUsed === this.#masks.length) {
      randomFillSync(this.#masks);
      this.#masksUsed = 0;
    }
    const [room, masks, used, end] = [this.#room, this.#masks, this.#masksUsed, this.#length];
    for (let at = 0; at < maskBytes; at++) room[start - maskBytes + at] = masks[used + at] ?? 0;
    for (let at = start; at < end; at++) room[at] = (room[at] ?? 0) ^ (masks[used + ((at - start) & 3)] ?? 0);
    this.#masksUsed = used + maskBytes;
  }

  #grow(bytes: number): void {
    if (bytes <= this.#room.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, this.#room.length * 2));
    this.#room.copy(larger, 0, 0, this.#length);
    this.#room = larger;
  }
}
