import type { Socket } from 'socket.io';
import type { ChatLimits } from '../plan/types.js';
import type { Session } from './session.js';
import { TokenBucket } from './tokenBucket.js';

export type EngineSocket = Socket['conn'];

/** Engine.IO sets a field of the options it is given, so they cannot be frozen; it sets the value that is there. */
const uncompressed = { compress: false };

/**
 * One Engine.IO connection, before and after sign-in: its rate limit, and the bound on what waits for a client that does not read.
 *
 * Waiting are the packets Engine.IO has not flushed (`packetCreate` adds, `flush` takes all) and, until its transport is writable again,
 * the batch it flushed last: engine.io flushes only to a writable transport, which its WebSocket is again once `ws` has written everything.
 * This counts Socket.IO's own packets too (acknowledgements, errors), so that no kind of reply escapes the bound.
 */
export class Connection {
  /** The one session; a second sign-in on the same connection is refused. */
  session: Session | undefined;
  signingIn = false;
  readonly unsentBytesMax: number;
  readonly #socket: EngineSocket;
  readonly #bucket: TokenBucket;
  readonly #onCut: () => void;
  #queuedBytes = 0;
  #flushedBytes = 0;

  constructor(socket: EngineSocket, limits: ChatLimits, onCut: () => void) {
    this.#socket = socket;
    this.#onCut = onCut;
    this.unsentBytesMax = limits.unsentBytes;
    this.#bucket = new TokenBucket(limits.eventsPerSecond, limits.eventsBurst, performance.now());
    socket.on('packetCreate', ({ data }: { data?: string | Buffer }) => this.#queue(data));
    socket.on('flush', () => this.#flush());
    socket.on('data', () => this.#bound());
  }

  get open(): boolean {
    return this.#socket.readyState === 'open';
  }

  get unsentBytes(): number {
    return this.#queuedBytes + (this.#socket.transport.writable ? 0 : this.#flushedBytes);
  }

  /** Whether the client may ask for one more thing now. */
  take(): boolean {
    return this.#bucket.take(performance.now());
  }

  /**
   * Hands over a complete Socket.IO packet as it is: `Client.writeToEngine` of socket.io 4.8 does the same with what its encoder returns,
   * and engine.io only puts its own type `4` before it. Packets of Socket.IO and these share one queue, so their order holds.
   */
  write(packet: string): void {
    this.#socket.write(packet, uncompressed);
    this.#bound();
  }

  /** Closes when all that was written is sent. */
  close(): void {
    this.#socket.close();
  }

  /** Closes now: what waits for a client that does not read is dropped with its TCP connection, not kept until a closing handshake fails. */
  destroy(): void {
    this.#socket.close(true);
    this.#socket.request.socket.destroy();
  }

  cut(): void {
    if (!this.open) return;
    this.#onCut();
    this.destroy();
  }

  #queue(packet: string | Buffer | undefined): void {
    if (packet !== undefined) this.#queuedBytes += Buffer.byteLength(packet);
  }

  #flush(): void {
    this.#flushedBytes = this.#queuedBytes;
    this.#queuedBytes = 0;
  }

  #bound(): void {
    if (this.unsentBytes > this.unsentBytesMax) this.cut();
  }
}
