import type { ChatLimits } from '../plan/types.js';
import type { Kind } from '../routing/types.js';
import type { EngineSocket, Lane } from './engine/engine.js';
import type { Received } from './events.js';
import { Packet } from './packet.js';
import type { Session } from './session.js';
import { TokenBucket } from './tokenBucket.js';

/** Engine.IO sets a field of the options it is given, so they cannot be frozen; it sets the value that is there. */
const uncompressed = { compress: false };

export interface ConnectionHooks {
  /** The client does not read: the connection is closed. */
  cut(): void;
  /** A packet of that kind was handed over and is not written. */
  unwritten(kind: Kind): void;
}

interface Written {
  readonly packet: Packet;
  /** Undefined: nobody counts it. */
  readonly kind: Kind | undefined;
}

/**
 * One Engine.IO connection, before and after sign-in: its rate limit, and the bound on what waits for a client that does not read.
 *
 * Waiting are the packets held until Socket.IO has told the client that it is connected, those Engine.IO has not flushed
 * (`packetCreate` adds, `flush` takes all) and, until its transport is writable again, the batch it flushed last: engine.io flushes only to a writable transport, which its WebSocket is again once `ws` has written everything.
 * This counts Socket.IO's own packets too (acknowledgements, errors), so that no kind of reply escapes the bound.
 * Where there is a lane beside Engine.IO, it knows what was flushed and what went beside.
 */
export class Connection {
  /** The one session; a second sign-in on the same connection is refused. */
  session: Session | undefined;
  signingIn = false;
  readonly openedMs = performance.now();
  readonly #socket: EngineSocket;
  readonly #bucket: TokenBucket;
  readonly #unsentBytesMax: number;
  readonly #hooks: ConnectionHooks;
  readonly #lane: Lane | undefined;
  #established = false;
  #closing = false;
  #held: Written[] = [];
  #heldBytes = 0;
  #queuedBytes = 0;
  #flushedBytes = 0;

  constructor(socket: EngineSocket, lane: Lane | undefined, limits: ChatLimits, hooks: ConnectionHooks) {
    this.#socket = socket;
    this.#lane = lane;
    this.#hooks = hooks;
    this.#unsentBytesMax = limits.unsentBytes;
    this.#bucket = new TokenBucket(limits.eventsPerSecond, limits.eventsBurst, performance.now());
    socket.on('packetCreate', ({ data }: { data?: string | Buffer }) => this.#queue(data));
    socket.on('flush', () => this.#flush());
    socket.on('data', () => this.bound());
  }

  get open(): boolean {
    return !this.#closing && this.#socket.readyState === 'open';
  }

  /** Whether Socket.IO has told the client that it is connected. */
  get established(): boolean {
    return this.#established;
  }

  get unsentBytes(): number {
    return this.#heldBytes + this.#queuedBytes + (this.#lane?.unsentBytes ?? this.#flushedUnsentBytes);
  }

  /** Whether the client may ask for that much more now. */
  take(events = 1): boolean {
    return this.#bucket.take(performance.now(), events);
  }

  /**
   * Hands over a complete Socket.IO packet as it is: `Client.writeToEngine` of socket.io 4.8 does the same with what its encoder returns,
   * and engine.io only puts its own type `4` before it. Packets of Socket.IO and these keep their order, on whatever way they go.
   */
  write(packet: Packet, kind?: Kind): void {
    if (!this.open) this.#drop(kind);
    else if (this.#established) this.#send(packet, kind);
    else this.#hold({ packet, kind });
  }

  /** Hot events that come beside Socket.IO are handed over with what acknowledges them, as Socket.IO hands over all others. */
  listen(take: (received: Received) => void): void {
    this.#lane?.open(({ id, args }) => take({ args, acknowledge: this.#acknowledgement(id) }));
  }

  /** There is nobody to hand events to any more. */
  unlisten(): void {
    this.#lane?.close();
  }

  /** Socket.IO has just written its CONNECT packet: what was held follows. */
  establish(): void {
    this.#established = true;
    for (const { packet, kind } of this.#takeHeld()) this.write(packet, kind);
  }

  /** There is no session any more, or never will be: what is held for it is not written. */
  dropHeld(): void {
    for (const { kind } of this.#takeHeld()) this.#drop(kind);
  }

  /** Closes when all that was written is sent. */
  close(): void {
    this.#closing = true;
    if (this.#lane === undefined) this.#socket.close();
    else this.#lane.whenSent(() => this.#socket.close());
  }

  /** Closes now: what waits for a client that does not read is dropped with its TCP connection, not kept until a closing handshake fails. */
  destroy(): void {
    this.#socket.close(true);
    this.#socket.request.socket.destroy();
  }

  get #flushedUnsentBytes(): number {
    return this.#socket.transport.writable ? 0 : this.#flushedBytes;
  }

  /** It takes one call and ignores later ones, as Socket.IO's does. */
  #acknowledgement(id: number): (reply: unknown) => void {
    let sent = false;
    return (reply) => {
      if (sent) return;
      sent = true;
      this.write(Packet.ofText(`3${id}${JSON.stringify([reply])}`));
    };
  }

  #send(packet: Packet, kind: Kind | undefined): void {
    if (this.#lane?.write(packet) !== true) this.#socket.write(packet.text, uncompressed);
    this.bound();
    if (!this.open) this.#drop(kind);
  }

  #hold(written: Written): void {
    this.#held.push(written);
    this.#heldBytes += Buffer.byteLength(written.packet.text);
    this.bound();
  }

  #takeHeld(): readonly Written[] {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }

  #drop(kind: Kind | undefined): void {
    if (kind !== undefined) this.#hooks.unwritten(kind);
  }

  #queue(packet: string | Buffer | undefined): void {
    if (packet !== undefined) this.#queuedBytes += Buffer.byteLength(packet);
  }

  #flush(): void {
    this.#flushedBytes = this.#queuedBytes;
    this.#queuedBytes = 0;
  }

  /** Cuts a client that does not read. */
  bound(): void {
    if (!this.open || this.unsentBytes <= this.#unsentBytesMax) return;
    this.#hooks.cut();
    this.destroy();
  }
}
