import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import type { Turns } from '../../transports/turns.js';
import type { Engine, EngineSocket } from './engine.js';
import { FastLane } from './fastLane.js';
import { Wire } from './wire.js';

/**
 * Puts a wire between each TCP connection and `ws`; whoever listened for upgrades gets the wire in place of the socket.
 * A connection that began with polling has no lane: which of its attempts to upgrade Engine.IO follows is known to Engine.IO alone.
 */
export class FastEngine implements Engine {
  readonly name = 'fast';
  readonly #payloadMax: number;
  readonly #turns: Turns;
  readonly #wires = new WeakMap<IncomingMessage, Wire>();

  /** `payloadMax`: that of Socket.IO, bytes. */
  constructor(payloadMax: number, turns: Turns) {
    this.#payloadMax = payloadMax;
    this.#turns = turns;
  }

  attach(http: HttpServer): void {
    const listeners = http.listeners('upgrade');
    http.removeAllListeners('upgrade');
    http.on('upgrade', (request, tcp: TcpSocket, head) => {
      const wire = new Wire(tcp, head, this.#payloadMax, this.#turns);
      this.#wires.set(request, wire);
      for (const listener of listeners) listener.call(http, request, wire, nothing);
    });
  }

  laneOf(socket: EngineSocket): FastLane | undefined {
    const wire = this.#wires.get(socket.request);
    return wire && new FastLane(socket, wire);
  }
}

const nothing = Buffer.alloc(0);
