/**
 * Finds, in the bytes of a client, the frames that may go beside Socket.IO, and passes on every other byte as it is and in order (RFC 6455, section 5.2).
 *
 * Only complete, final, unfragmented, masked text frames of few bytes without extensions are offered. After anything that `ws` may answer by
 * closing the connection, all is passed on for good: what is an error is decided there alone.
 */
export interface FrameSink {
  /** Whether a frame that begins like this may be taken now; asked first, since most of what is done for a frame is unmasking it. */
  mayTake(first: number, second: number): boolean;
  /** The unmasked payload of a frame; the buffer is used again after the call. Returns whether it was taken. */
  take(payload: Buffer, ascii: boolean): boolean;
  /** Bytes that nobody took. */
  pass(bytes: Buffer): void;
  /** The first bytes of a message are about to be passed on. */
  passing(): void;
  /** What follows may end the connection: nothing is offered any more, and after the closing frame of `ws` nothing may be sent. */
  ending(): void;
}

/** What is offered at most; longer messages are worth less beside what they cost anyway. */
export const offeredBytesMax = 4096;
const maskLength = 4;
const controlBytesMax = 125;
const opcodes = { continuation: 0, text: 1, binary: 2, ping: 9, pong: 10 } as const;
const nothing = Buffer.alloc(0);
/** Frames are taken one after the other, so all connections share it. */
const unmasked = Buffer.allocUnsafeSlow(offeredBytesMax);

/** As it stands on the wire. */
interface Head {
  readonly final: boolean;
  readonly reserved: number;
  readonly opcode: number;
  readonly masked: boolean;
  /** With the mask. */
  readonly headLength: number;
  readonly payloadLength: number;
}

export class ClientFrames {
  readonly #sink: FrameSink;
  readonly #payloadMax: number;
  /** The beginning of a frame whose rest has not come, if it may be offered or nothing is known of it yet. */
  #rest = nothing;
  /** What is still to come of a frame that is being passed on. */
  #payloadLeft = 0;
  #inFragments = false;
  /** Everything is passed on, whatever it is. */
  #blind = false;

  constructor(sink: FrameSink, payloadMax: number) {
    this.#sink = sink;
    this.#payloadMax = payloadMax;
  }

  read(received: Buffer): void {
    const bytes = this.#rest.length === 0 ? received : Buffer.concat([this.#rest, received]);
    let [kept, at] = [0, 0];
    while (at < bytes.length) {
      if (this.#blind || this.#payloadLeft > 0) {
        at += this.#skip(bytes.length - at);
        continue;
      }
      const head = headAt(bytes, at);
      if (head === undefined) break;
      const offered = this.#isOffered(head);
      const end = at + head.headLength + head.payloadLength;
      if (offered && end > bytes.length) break;
      if (offered && this.#mayTake(bytes, at + head.headLength)) {
        this.#pass(bytes, kept, at);
        kept = at;
        if (this.#take(bytes, at + head.headLength, end)) {
          kept = at = end;
          continue;
        }
      }
      this.#follow(head);
      at += head.headLength;
    }
    at = Math.min(at, bytes.length);
    this.#pass(bytes, kept, at);
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : nothing;
  }

  /** Nothing more comes: what was waited for is passed on as it is. */
  end(): void {
    this.#pass(this.#rest, 0, this.#rest.length);
    this.#rest = nothing;
  }

  #skip(available: number): number {
    if (this.#blind) return available;
    const skipped = Math.min(this.#payloadLeft, available);
    this.#payloadLeft -= skipped;
    return skipped;
  }

  #isOffered({ final, reserved, opcode, masked, payloadLength }: Head): boolean {
    const plain = final && reserved === 0 && opcode === opcodes.text && masked && !this.#inFragments;
    return plain && payloadLength >= 2 && payloadLength <= Math.min(offeredBytesMax, this.#payloadMax);
  }

  #mayTake(bytes: Buffer, start: number): boolean {
    const [first, second] = [bytes.readUInt8(start) ^ bytes.readUInt8(start - 4), bytes.readUInt8(start + 1) ^ bytes.readUInt8(start - 3)];
    return this.#sink.mayTake(first, second);
  }

  #take(bytes: Buffer, start: number, end: number): boolean {
    const ascii = unmask(bytes, start, end);
    return this.#sink.take(unmasked.subarray(0, end - start), ascii);
  }

  /** A frame goes on its way; what can follow it depends on it. */
  #follow(head: Head): void {
    const { final, opcode, payloadLength } = head;
    if (this.#mayEndConnection(head)) {
      this.#blind = true;
      this.#sink.ending();
    }
    const control = opcode === opcodes.ping || opcode === opcodes.pong;
    if (!control && !this.#inFragments) this.#sink.passing();
    if (!control) this.#inFragments = !final;
    this.#payloadLeft = payloadLength;
  }

  /** Whether `ws` will or may not read on after this frame. */
  #mayEndConnection({ final, reserved, opcode, masked, payloadLength }: Head): boolean {
    if (reserved !== 0 || !masked || payloadLength > this.#payloadMax) return true;
    if (opcode === opcodes.ping || opcode === opcodes.pong) return !final || payloadLength > controlBytesMax;
    return this.#inFragments ? opcode !== opcodes.continuation : opcode !== opcodes.text && opcode !== opcodes.binary;
  }

  #pass(bytes: Buffer, from: number, to: number): void {
    if (to > from) this.#sink.pass(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to));
  }
}

/** Undefined: not all of it is there. */
function headAt(bytes: Buffer, at: number): Head | undefined {
  const available = bytes.length - at;
  if (available < 2) return undefined;
  const [first, second] = [bytes.readUInt8(at), bytes.readUInt8(at + 1)];
  const masked = (second & 0x80) !== 0;
  const short = second & 0x7f;
  const lengthBytes = short < 126 ? 0 : short === 126 ? 2 : 8;
  const headLength = 2 + lengthBytes + (masked ? maskLength : 0);
  if (available < headLength) return undefined;
  const payloadLength = lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return { final: (first & 0x80) !== 0, reserved: first & 0x70, opcode: first & 0x0f, masked, headLength, payloadLength };
}

/** Into the buffer that all connections share; returns whether it was ASCII. The mask stands before the payload. */
function unmask(bytes: Buffer, start: number, end: number): boolean {
  const mask = start - maskLength;
  let all = 0;
  for (let at = start; at < end; at++) {
    const byte = (bytes[at] ?? 0) ^ (bytes[mask + ((at - start) & 3)] ?? 0);
    unmasked[at - start] = byte;
    all |= byte;
  }
  return all < 0x80;
}
