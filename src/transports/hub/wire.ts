import type { Socket } from 'node:net';
import { encodeFrameOf, type Frame, FrameReader, frameTypes, Junk } from './frames.js';
import { Output, type OutputLimits } from './output.js';

/** What one end of a connection does about what comes. */
export interface WireEnd {
  /** A frame that is no answer. Throws Junk when it is nothing that may come here. */
  took(frame: Frame, wire: Wire): void;
  /** Said once, after everything that waited for an answer was told. */
  closed(reason: Closed): void;
  /** Bytes that came in or went out, as they do. */
  readonly traffic?: { bytesIn: number; bytesOut: number };
}

export interface WireLimits extends OutputLimits {
  readonly frameBytes: number;
  /** A connection on which an answer is due and nothing comes for so long is given up. */
  readonly silenceTimeoutMs: number;
}

/** Why a connection ended: the other side or the network, a stream that is none of ours, a reader too slow, a peer that fell silent, or we. */
export interface Closed {
  readonly why: 'gone' | 'junk' | 'unread' | 'silent' | 'left';
  readonly words: string;
}

const looksUntilSilent = 4;

/** The other side said no: the request had no effect. */
export class Refused extends Error {}

/** The connection ended before the answer came: whether the request had an effect is not known. */
export class Unanswered extends Error {}

interface Waiting {
  resolve(payload: Buffer): void;
  reject(error: Error): void;
}

/**
 * One connection, used by both of its ends alike: requests have numbers and each gets an answer, in any order; other frames are handed on.
 * Whoever serves answers publishes and pings in the order in which they came.
 */
export class Wire {
  readonly #socket: Socket;
  readonly #end: WireEnd;
  readonly #limits: WireLimits;
  readonly #reader: FrameReader;
  readonly #output: Output;
  readonly #waiting = new Map<number, Waiting>();
  readonly #gone: Promise<void>;
  #lastNumber = 0;
  /** How often nothing had come when it was looked. */
  #silentLooks = 0;
  #silence: NodeJS.Timeout | undefined;
  #closed: Closed | undefined;

  constructor(socket: Socket, limits: WireLimits, end: WireEnd) {
    this.#socket = socket;
    this.#end = end;
    this.#limits = limits;
    this.#reader = new FrameReader(limits.frameBytes);
    this.#output = new Output(socket, limits);
    socket.on('data', (chunk) => this.#read(chunk));
    // An error is always followed by 'close'.
    socket.on('error', (error) => this.#note({ why: 'gone', words: error.message }));
    this.#gone = new Promise((resolve) => socket.once('close', () => resolve(this.#ended())));
  }

  get open(): boolean {
    return this.#closed === undefined && this.#socket.writable;
  }

  /** How long a frame may be from now on. */
  allow(frameBytes: number): void {
    this.#reader.limitBytes = frameBytes;
  }

  /** Resolves with the payload of the answer. Rejects with Refused or Unanswered. */
  request(encode: (number: number) => Buffer): Promise<Buffer> {
    if (!this.open) return Promise.reject(new Unanswered(this.words));
    return new Promise((resolve, reject) => {
      const number = this.#nextNumber();
      this.#waiting.set(number, { resolve, reject });
      this.#push(encode(number));
      this.#listenForSilence();
    });
  }

  ask(type: number, payload?: Buffer): Promise<Buffer> {
    return this.request((number) => encodeFrameOf(type, number, payload));
  }

  /** A frame that nobody answers. */
  push(frame: Buffer): void {
    if (this.open) this.#push(frame);
  }

  answer({ number }: Frame, payload?: Buffer): void {
    this.push(encodeFrameOf(frameTypes.answer, number, payload));
  }

  refuse({ number }: Frame, words: string): void {
    this.push(encodeFrameOf(frameTypes.refusal, number, Buffer.from(words)));
  }

  /** What is known of its end. */
  get words(): string {
    return this.#closed?.words ?? 'connection closed';
  }

  /** Sends what waits and closes; nothing that still comes is read. */
  finish(reason: Closed): void {
    this.#note(reason);
    this.#output.end();
  }

  cut(reason: Closed): void {
    this.#note(reason);
    this.#socket.destroy();
  }

  /** Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.cut({ why: 'left', words: 'closed by this node' });
    await this.#gone;
  }

  #push(frame: Buffer): void {
    if (this.#end.traffic !== undefined) this.#end.traffic.bytesOut += frame.length;
    if (!this.#output.push(frame)) this.cut({ why: 'unread', words: 'the other side does not read what it is sent' });
  }

  #read(chunk: Buffer): void {
    if (this.#closed !== undefined) return;
    if (this.#end.traffic !== undefined) this.#end.traffic.bytesIn += chunk.length;
    this.#silentLooks = 0;
    try {
      this.#reader.push(chunk);
      for (let frame = this.#reader.next(); frame !== undefined && this.#closed === undefined; frame = this.#reader.next())
        this.#take(frame);
    } catch (error) {
      if (!(error instanceof Junk)) throw error;
      this.cut({ why: 'junk', words: error.message });
    }
  }

  #take(frame: Frame): void {
    if (frame.type === frameTypes.answer) this.#answered(frame.number)?.resolve(frame.payload);
    else if (frame.type === frameTypes.refusal) this.#answered(frame.number)?.reject(new Refused(frame.payload.toString()));
    else this.#end.took(frame, this);
  }

  #answered(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }

  #nextNumber(): number {
    this.#lastNumber = this.#lastNumber === 0xffff_ffff ? 1 : this.#lastNumber + 1;
    return this.#lastNumber;
  }

  /**
   * After half of the time without a word the other side is asked for a sign of life, which it gives at once, whatever else it waits for.
   * Looks are counted, not time: while this process itself stands still it neither asks nor hears, and that is one look. The first of
   * them comes at any time after the last word: one more than fit into a time have it behind them.
   */
  #listenForSilence(): void {
    if (this.#silence !== undefined) return;
    this.#silentLooks = 0;
    this.#silence = setInterval(() => this.#checkSilence(), this.#limits.silenceTimeoutMs / looksUntilSilent);
  }

  #checkSilence(): void {
    const { silenceTimeoutMs } = this.#limits;
    this.#silentLooks++;
    if (this.#waiting.size === 0) this.#stopListening();
    else if (this.#silentLooks > looksUntilSilent)
      this.cut({ why: 'silent', words: `no word for ${silenceTimeoutMs / 1000} s; is it overloaded or stopped?` });
    else if (this.#silentLooks === looksUntilSilent / 2 + 1) this.push(encodeFrameOf(frameTypes.ping, 0));
  }

  #stopListening(): void {
    clearInterval(this.#silence);
    this.#silence = undefined;
  }

  #note(reason: Closed): void {
    this.#closed ??= reason;
  }

  #ended(): void {
    this.#note({ why: 'gone', words: 'connection closed by the other side' });
    this.#stopListening();
    for (const { reject } of this.#waiting.values()) reject(new Unanswered(this.words));
    this.#waiting.clear();
    this.#end.closed(this.#closed ?? { why: 'gone', words: this.words });
  }
}
