import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { Server, type Socket } from 'socket.io';
import type { Delivery, Reply } from '../../chat/protocol.js';

type Answer = Reply<object>;
type Acknowledge = (answer: Answer) => void;

/** What the peer does wrong, on purpose. `number`: which message of the run it is, from 1. */
export interface Faults {
  /** Who gets what had to reach this one recipient; by default that one, once. */
  readonly reaches?: (number: number, recipient: string) => readonly string[];
  readonly text?: (number: number, text: string) => string;
  /** By default every message is acknowledged at once. */
  readonly answer?: (number: number, acknowledge: Acknowledge) => void;
  readonly refuseConnect?: (user: string) => string | undefined;
  readonly deafToSync?: boolean;
  readonly losesProbe?: (text: string) => boolean;
  readonly refusesProbe?: (text: string) => boolean;
}

/**
 * The smallest thing that speaks the chat protocol: servers of one process that share their sockets and rooms.
 * It stands where the chat nodes stand and is told what to do wrong, so that the load's own findings can be checked.
 */
export class Peer {
  readonly urls: readonly string[];
  readonly rooms = new Map<string, readonly string[]>();
  /** Every message it took, as it came. */
  readonly taken: { readonly from: string; readonly target: string; readonly text: string }[] = [];
  /** The text of every probe it took. */
  readonly probed: string[] = [];
  readonly #servers: readonly Server[];
  readonly #sockets = new Map<string, Socket>();
  readonly #faults: Faults;

  static async listen(nodes: number, faults: Faults = {}): Promise<Peer> {
    const servers = Array.from({ length: nodes }, () => createServer().listen(0, '127.0.0.1'));
    await Promise.all(servers.map((server) => once(server, 'listening')));
    const urls = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return new Peer(
      urls,
      servers.map((server) => new Server(server)),
      faults,
    );
  }

  private constructor(urls: readonly string[], servers: readonly Server[], faults: Faults) {
    this.urls = urls;
    this.#servers = servers;
    this.#faults = faults;
    for (const server of servers) this.#serve(server);
  }

  get users(): readonly string[] {
    return [...this.#sockets.keys()];
  }

  kick(user: string, reason: string): void {
    const socket = this.#sockets.get(user);
    socket?.emit('bye', { reason });
    socket?.disconnect(true);
  }

  push(user: string, event: 'probe', delivery: Delivery): void {
    this.#sockets.get(user)?.emit(event, delivery);
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  #serve(server: Server): void {
    server.use((socket, next) => {
      const refused = this.#faults.refuseConnect?.(userOf(socket));
      next(refused === undefined ? undefined : new Error(refused));
    });
    server.on('connection', (socket) => this.#welcome(socket, userOf(socket)));
  }

  #welcome(socket: Socket, user: string): void {
    this.#sockets.set(user, socket);
    socket.on('disconnect', () => this.#sockets.delete(user));
    socket.on('message', ({ to, text }: { to: string; text: string }, done: Acknowledge) => {
      this.#pass('message', [to], { id: '', from: user, to, text }, done);
    });
    socket.on('post', ({ room, text }: { room: string; text: string }, done: Acknowledge) => {
      this.#pass('post', this.rooms.get(room) ?? [], { id: '', from: user, room, text }, done);
    });
    socket.on('probe', ({ to, text }: { to: string; text: string }, done: Acknowledge) => {
      this.probed.push(text);
      if (this.#faults.losesProbe?.(text) !== true) this.#sockets.get(to)?.emit('probe', { id: '', from: user, to, text });
      if (this.#faults.refusesProbe?.(text) === true) done({ ok: false, error: 'rejected', reason: 'queue full' });
      else done({ ok: true });
    });
    socket.on('probe:post', ({ room, text }: { room: string; text: string }, done: Acknowledge) => {
      this.probed.push(text);
      for (const member of this.rooms.get(room) ?? []) this.#sockets.get(member)?.emit('probe', { id: '', from: user, room, text });
      done({ ok: true });
    });
    socket.on('room:create', ({ room, members }: { room: string; members: string[] }, done: Acknowledge) => {
      const exists = this.rooms.has(room);
      this.rooms.set(room, members);
      done(exists ? { ok: false, error: 'rejected', reason: 'the room exists' } : { ok: true });
    });
    socket.on('sync', (_nothing: unknown, done: Acknowledge) => {
      if (this.#faults.deafToSync !== true) done({ ok: true });
    });
  }

  #pass(event: 'message' | 'post', recipients: readonly string[], delivery: Delivery, done: Acknowledge): void {
    const { from, text, to, room } = delivery;
    const number = this.taken.push({ from, target: to === undefined ? `r:${room}` : `u:${to}`, text });
    const pushed = { ...delivery, id: `n1-${number}`, text: this.#faults.text?.(number, text) ?? text };
    for (const recipient of recipients) {
      for (const user of this.#faults.reaches?.(number, recipient) ?? [recipient]) this.#sockets.get(user)?.emit(event, pushed);
    }
    if (this.#faults.answer === undefined) done({ ok: true });
    else this.#faults.answer(number, done);
  }
}

function userOf(socket: Socket): string {
  return decodeJwt(String(socket.handshake.auth.token)).sub ?? '';
}
