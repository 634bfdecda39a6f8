import { packedBytes, packedBytesMax, packFrames, packLimits } from '../pack.js';
import type { Asked } from './questions.js';

interface Batch {
  readonly frames: Buffer[];
  bytes: number;
  readonly asked: Asked<number>;
}

export interface BatchActs {
  /** What a command is asked as. */
  ask(): Asked<number>;
  put(channel: string, frame: Buffer, asked: Asked<number>): void;
}

/** What is published to one channel until all is put shares a command, and the answer to it. A channel's messages keep their order. */
export class Batches {
  readonly #acts: BatchActs;
  /** By channel. */
  #open = new Map<string, Batch>();

  constructor(acts: BatchActs) {
    this.#acts = acts;
  }

  add(channel: string, frame: Buffer): Promise<number> {
    const bytes = packedBytes(frame);
    const batch = this.#withRoom(channel, bytes);
    batch.frames.push(frame);
    batch.bytes += bytes;
    return batch.asked.answer;
  }

  /** Puts all that was gathered. */
  put(): void {
    if (this.#open.size === 0) return;
    const batches = this.#open;
    this.#open = new Map();
    for (const [channel, { frames, asked }] of batches) this.#acts.put(channel, packFrames(frames), asked);
  }

  /** Nothing of what was gathered will be put. */
  failAll(error: Error): void {
    for (const { asked } of this.#open.values()) asked.fail(error);
    this.#open.clear();
  }

  #withRoom(channel: string, bytes: number): Batch {
    const open = this.#open.get(channel);
    if (open !== undefined && open.frames.length < packLimits.frames && open.bytes + bytes <= packedBytesMax) return open;
    if (open !== undefined) this.#acts.put(channel, packFrames(open.frames), open.asked);
    const batch = { frames: [], bytes: 0, asked: this.#acts.ask() };
    this.#open.set(channel, batch);
    return batch;
  }
}
