import { io, type Socket } from 'socket.io-client';
import type { Answers, Delivery, Reply, Requests, StatusChange } from '../protocol.js';
import { mintToken } from '../signIn.js';

/** A user's socket as a test drives it: an unmodified socket.io-client that keeps what it was handed. */
export class Client {
  readonly socket: Socket;
  readonly got: Delivery[] = [];
  readonly byes: unknown[] = [];
  /** The changes of status it was told, in words: `bob online`. */
  readonly changes: string[] = [];

  constructor(url: string, auth: Record<string, unknown>, headers: Record<string, string> = {}) {
    this.socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, auth, extraHeaders: headers });
    for (const event of ['message', 'post', 'probe']) this.socket.on(event, (delivery: Delivery) => this.got.push(delivery));
    this.socket.on('status', ({ user, status }: StatusChange) => this.changes.push(`${user} ${status}`));
    this.socket.on('bye', (bye: unknown) => this.byes.push(bye));
  }

  /** Resolves when the connect is acknowledged; rejects with the node's words. */
  connected(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve(this));
      this.socket.once('connect_error', reject);
    });
  }

  ask<E extends keyof Requests>(event: E, payload: Requests[E]): Promise<Reply<Answers[E]>> {
    return this.socket.timeout(10_000).emitWithAck(event, payload);
  }

  /** The texts it got, after everything the node had written to it has come. */
  async texts(): Promise<readonly string[]> {
    await this.ask('sync', {});
    return this.got.map(({ text }) => text);
  }

  async disconnected(): Promise<string> {
    if (this.socket.disconnected) return 'was disconnected';
    return new Promise((resolve) => this.socket.once('disconnect', resolve));
  }

  close(): void {
    this.socket.disconnect();
  }
}

export async function signedIn(url: string, tokenKey: string, user: string, device = '0'): Promise<Client> {
  return new Client(url, { token: await mintToken(user, device, tokenKey) }).connected();
}
