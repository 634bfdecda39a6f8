import type { Answers as AnswersOf, Requests } from '../../chat/protocol.js';
import { unavailable } from '../../error.js';
import { type Answered, type Connection, farewellOf, type Hooks, isPush, networkRefusal, type Place, refusal } from '../driver.js';
import type { Address } from './address.js';
import { Answers } from './answers.js';
import {
  connectPacket,
  disconnectPacket,
  engine,
  eventPacket,
  isEnginePacket,
  type Packet,
  readOpen,
  readPacket,
  readUsual,
} from './packets.js';
import { type Shared, WebSocket, type WebSocketHooks } from './webSocket.js';

/** What becomes of the connect; one of them is called, once. */
export interface Outcome {
  acknowledged(): void;
  refused(error: Error): void;
}

/** One user's connection, from the TCP connect to its end, in the states that socket.io-client has. */
export class RawConnection implements Connection, WebSocketHooks {
  readonly #webSocket: WebSocket;
  readonly #hooks: Hooks;
  readonly #answers: Answers;
  #token: string;
  #state: 'opening' | 'signing in' | 'connected' | 'closed' = 'opening';
  /** Until the connect is acknowledged. */
  #outcome: Outcome | undefined;
  /** Before that: when it is late. After it: when the server's pings have stayed out too long. */
  #timer: NodeJS.Timeout;
  #aliveMs = 0;
  #farewell: string | undefined;
  /** Events that came before the acknowledgement wait for it. */
  #early: Packet[] = [];

  constructor(address: Address, shared: Shared, { token, timeoutMs }: Omit<Place, 'url'>, hooks: Hooks, outcome: Outcome) {
    this.#token = token;
    this.#hooks = hooks;
    this.#outcome = outcome;
    this.#answers = new Answers(timeoutMs);
    this.#timer = setTimeout(() => this.#refuse(`no acknowledgement within ${timeoutMs / 1000} s`), timeoutMs);
    this.#webSocket = new WebSocket(address, shared, this);
  }

  send<Event extends keyof Requests>(event: Event, payload: Requests[Event], answered: Answered<AnswersOf[Event]>): void {
    if (this.#state !== 'connected') answered(refusal('rejected', 'not connected'));
    else this.#webSocket.send(eventPacket(this.#answers.expect(answered as Answered), event, payload));
  }

  close(): void {
    if (this.#state === 'closed') return;
    if (this.#state === 'connected') this.#webSocket.send(disconnectPacket);
    this.#end();
  }

  text(text: string): void {
    if (this.#state === 'closed') return;
    const type = text[0];
    if (type === engine.message) this.#message(text);
    else if (type === engine.ping) this.#pinged();
    else if (type === engine.open && this.#state === 'opening') this.#opened(text);
    else if (!isEnginePacket(text)) this.#fail('transport error', 'server error');
  }

  /** No chat node sends binary events. */
  binary(): void {
    if (this.#state !== 'opening') this.#fail('parse error');
  }

  closed(error: Error | undefined): void {
    if (error === undefined) this.#fail('transport close');
    else this.#fail('transport error', networkRefusal(error.message));
  }

  #opened(text: string): void {
    const open = readOpen(text);
    if (open === undefined) {
      this.#fail('parse error');
      return;
    }
    this.#aliveMs = open.aliveMs;
    this.#state = 'signing in';
    this.#webSocket.send(connectPacket({ token: this.#token }));
    this.#token = '';
  }

  #pinged(): void {
    this.#webSocket.send(engine.pong);
    if (this.#state === 'connected') this.#timer.refresh();
  }

  /** Before the handshake nobody listens. */
  #message(text: string): void {
    if (this.#state === 'opening') return;
    const packet = readUsual(text) ?? readPacket(text);
    if (packet === undefined) this.#fail('parse error');
    else this.#take(packet);
  }

  #take(packet: Packet): void {
    if (packet.type === 'event') this.#event(packet);
    else if (packet.type === 'acknowledgement') this.#answers.answer(packet.id, packet.argument);
    else if (packet.type === 'disconnect') this.#fail('io server disconnect');
    else if (packet.type === 'connectError') this.#refuse(packet.reason);
    else if (packet.type === 'connect') this.#acknowledged();
  }

  #event(packet: Packet & { readonly type: 'event' }): void {
    if (this.#state !== 'connected') this.#early.push(packet);
    else if (isPush(packet.name)) this.#hooks.pushed(packet.name, packet.argument);
    else if (packet.name === 'bye') this.#farewell = farewellOf(packet.argument);
  }

  #acknowledged(): void {
    if (this.#outcome === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail('ping timeout'), this.#aliveMs);
    this.#state = 'connected';
    this.#outcome.acknowledged();
    this.#outcome = undefined;
    const early = this.#early;
    this.#early = [];
    for (const packet of early) this.#take(packet);
  }

  /** `before`: what a connect that is not acknowledged yet is refused with, if not with that. */
  #fail(reason: string, before = `closed before the acknowledgement: ${reason}`): void {
    if (this.#state === 'closed') return;
    if (this.#outcome !== undefined) {
      this.#refuse(before);
      return;
    }
    this.#state = 'closed';
    this.#hooks.cut(this.#farewell === undefined ? reason : `${reason}: ${this.#farewell}`);
    this.#end();
  }

  #refuse(reason: string): void {
    const outcome = this.#outcome;
    if (outcome === undefined) return;
    this.#outcome = undefined;
    this.#end();
    outcome.refused(unavailable(reason));
  }

  #end(): void {
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#webSocket.close();
    this.#answers.giveUp('cut before the answer');
  }
}
