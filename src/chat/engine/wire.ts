import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Turns } from '../../transports/turns.js';
import type { Packet } from '../packet.js';
import { ClientFrames, type FrameSink } from './clientFrames.js';
import { Outbox } from './outbox.js';

type Done = (error?: Error | null) => void;

/** Who takes frames before `ws` sees them. */
export interface Taker extends Omit<FrameSink, 'pass'> {
  /** What came in one piece has been read: whatever follows from what was taken of it is due. */
  read(): void;
}

/** Until Engine.IO and Socket.IO have accepted the connection, and again after it. */
const nobody: Taker = { mayTake: () => false, take: () => false, passing: () => {}, ending: () => {}, read: () => {} };

/**
 * Stands between a client's TCP socket and `ws`, which takes it for the socket itself. Both ways it is a pipe with back-pressure, except that
 * frames which a taker takes do not come out of it, and that packets given to `send` go in among those of `ws`, in the order in which they were written.
 */
export class Wire extends Duplex {
  readonly #tcp: Socket;
  readonly #frames: ClientFrames;
  readonly #outbox: Outbox;
  #taker = nobody;
  /** `ws` waits for this while the client does not read. */
  #drained: Done | undefined;
  /** Of what it waits for; it is in the outbox already. */
  #drainingBytes = 0;

  /** `head`: what came after the request, before anybody listened. */
  constructor(tcp: Socket, head: Buffer, payloadMax: number, turns: Turns) {
    super();
    this.#tcp = tcp;
    this.#outbox = new Outbox(tcp, turns);
    this.#frames = new ClientFrames(this.#sink(), payloadMax);
    tcp.setNoDelay().setTimeout(0);
    tcp.on('data', (bytes: Buffer) => this.#came(bytes));
    tcp.on('end', () => this.#ended());
    tcp.on('drain', () => this.#goOn());
    tcp.on('error', (error) => this.destroy(error));
    tcp.on('close', () => this.destroy());
    this.#frames.read(head);
  }

  /** Undefined: nobody takes frames any more. */
  takenBy(taker: Taker | undefined): void {
    this.#taker = taker ?? nobody;
  }

  /** As a frame of its own. */
  send(packet: Packet): void {
    this.#outbox.addFrameOf(packet);
  }

  /** Calls when all that was written by whomever is sent, or never will be. */
  whenSent(then: () => void): void {
    this.#outbox.whenSent(then);
  }

  /** Written by whomever, and not yet taken by the kernel. */
  get unsentBytes(): number {
    return this.#outbox.unsentBytes + this.writableLength - this.#drainingBytes;
  }

  /** Engine.IO reads it, as of a TCP socket. */
  get remoteAddress(): string | undefined {
    return this.#tcp.remoteAddress;
  }

  /** Engine.IO reads it, as of a TCP socket. */
  get bytesWritten(): number {
    return this.#tcp.bytesWritten;
  }

  override _read(): void {
    this.#tcp.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#outbox.add(chunk);
    this.#accept(chunk.length, done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: Done): void {
    let bytes = 0;
    for (const { chunk } of chunks) {
      this.#outbox.add(chunk);
      bytes += chunk.length;
    }
    this.#accept(bytes, done);
  }

  override _final(done: Done): void {
    this.#outbox.flush();
    this.#tcp.end(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.takenBy(undefined);
    this.#outbox.flush();
    this.#tcp.destroy();
    done(error);
  }

  #sink(): FrameSink {
    return {
      mayTake: (first, second) => this.#taker.mayTake(first, second),
      take: (payload, ascii) => this.#taker.take(payload, ascii),
      passing: () => this.#taker.passing(),
      ending: () => this.#taker.ending(),
      pass: (bytes) => {
        if (!this.push(bytes)) this.#tcp.pause();
      },
    };
  }

  #came(bytes: Buffer): void {
    this.#frames.read(bytes);
    this.#taker.read();
  }

  #ended(): void {
    this.#frames.end();
    this.push(null);
  }

  #accept(bytes: number, done: Done): void {
    if (this.#tcp.writableNeedDrain) {
      this.#drainingBytes = bytes;
      this.#drained = done;
    } else done();
  }

  #goOn(): void {
    const done = this.#drained;
    this.#drained = undefined;
    this.#drainingBytes = 0;
    done?.();
  }
}
