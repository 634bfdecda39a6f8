import type { Packet } from '../packet.js';
import type { EngineSocket, Lane, Take } from './engine.js';
import { type HotEvent, mayBeHot, readHotEvent } from './hotEvent.js';
import type { Wire } from './wire.js';

/**
 * The way beside Socket.IO of one connection. Order is kept both ways by one rule: nothing goes beside Socket.IO while anything that came
 * before it is still under way there. Reading, that is a message between the wire and Socket.IO's listeners; writing, a packet that Engine.IO keeps
 * until its transport is writable again.
 */
export class FastLane implements Lane {
  readonly #socket: EngineSocket;
  readonly #wire: Wire;
  #take: Take | undefined;
  /** Handed over once all that came with them was read: what ends the connection and stands in the same bytes ends it before, as with Socket.IO. */
  #events: HotEvent[] = [];
  /** Messages passed on to `ws` that no listener of Socket.IO has had yet. */
  #underWay = 0;
  /** The first message after a ping gives the client more time to answer it: Engine.IO must see it. */
  #pongAwaited = false;
  /** Nothing new goes beside: what the connection, or the parser, makes of what follows is known to Socket.IO alone. */
  #over = false;

  constructor(socket: EngineSocket, wire: Wire) {
    this.#socket = socket;
    this.#wire = wire;
    wire.takenBy({
      mayTake: (first, second) => this.#isFree() && mayBeHot(first, second),
      take: (payload, ascii) => this.#hand(payload, ascii),
      passing: () => this.#underWay++,
      ending: () => {
        this.#over = true;
      },
      read: () => this.#handOver(),
    });
    socket.on('packet', ({ type }: { type: string }) => this.#reached(type));
    socket.on('data', (packet: unknown) => this.#handedOver(packet));
    socket.on('packetCreate', ({ type }: { type: string }) => this.#created(type));
    socket.on('heartbeat', () => {
      this.#pongAwaited = false;
    });
  }

  get unsentBytes(): number {
    return this.#wire.unsentBytes;
  }

  whenSent(then: () => void): void {
    this.#wire.whenSent(then);
  }

  open(take: Take): void {
    this.#take = take;
  }

  close(): void {
    this.#take = undefined;
  }

  write(packet: Packet): boolean {
    if (this.#take === undefined || this.#over || !this.#socket.transport.writable) return false;
    this.#wire.send(packet);
    return true;
  }

  #isFree(): boolean {
    return this.#take !== undefined && !this.#over && this.#underWay === 0 && !this.#pongAwaited && this.#socket.readyState === 'open';
  }

  #hand(payload: Buffer, ascii: boolean): boolean {
    const event = readHotEvent(payload, ascii);
    if (event === undefined) return false;
    this.#events.push(event);
    return true;
  }

  #handOver(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    for (const event of events) this.#take?.(event);
  }

  #reached(type: string): void {
    if (type !== 'message') this.#underWay--;
  }

  /** This listener came later than Socket.IO's own, which puts off what it makes of a message to the next tick. */
  #handedOver(packet: unknown): void {
    if (leavesParserWaiting(packet)) this.#over = true;
    process.nextTick(() => this.#underWay--);
  }

  #created(type: string): void {
    if (type === 'ping') this.#pongAwaited = true;
  }
}

/** A packet with attachments, or one of these: what Socket.IO's parser makes of the next message depends on it. */
function leavesParserWaiting(packet: unknown): boolean {
  return typeof packet !== 'string' || packet.startsWith('5') || packet.startsWith('6');
}
