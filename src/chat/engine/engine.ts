import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'socket.io';
import type { EngineName } from '../../plan/types.js';
import type { Packet } from '../packet.js';
import type { HotEvent } from './hotEvent.js';

/** A connection of Engine.IO. */
export type EngineSocket = Socket['conn'];

/** How the hot event - a client's chat message, its acknowledgement, the pushes - gets through. All else goes through Socket.IO in every engine. */
export interface Engine {
  readonly name: EngineName;
  /** Called once Socket.IO listens to the HTTP server, and before the server does. */
  attach(http: HttpServer): void;
  /** The way beside Socket.IO of a connection that Engine.IO has just opened; undefined: it has none. */
  laneOf(socket: EngineSocket): Lane | undefined;
}

export interface Lane {
  /** From now on hot events are handed over here, each in its place among what Socket.IO hands to its listeners. */
  open(take: Take): void;
  /** From now on everything goes through Socket.IO. May be called more than once. */
  close(): void;
  /** False: not now; written through Engine.IO it keeps its place among what waits there. */
  write(packet: Packet): boolean;
  /** Calls when all that was written is taken by the kernel, or never will be: Engine.IO waits for its own packets alone when it closes. */
  whenSent(then: () => void): void;
  /** Written beside Engine.IO or by it, and not yet taken by the kernel. */
  readonly unsentBytes: number;
}

export type Take = (event: HotEvent) => void;
