import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ChatLimits } from '../plan/types.js';
import { parseEvent } from './events.js';
import { isId } from './ids.js';
import type { Answers } from './protocol.js';
import { rejected } from './refused.js';
import { type Desk, sayMessage, sayPost } from './requests.js';
import type { Identity, Verify } from './signIn.js';
import { TokenBucket } from './tokenBucket.js';

/** What HTTP needs of its node. */
export interface ApiHost {
  readonly node: string;
  readonly limits: ChatLimits;
  readonly verify: Verify;
  readonly desk: Desk;
  draining(): boolean;
  /** What is under way until the promise settles; returns the promise itself. */
  track<T>(work: Promise<T>): Promise<T>;
}

/** What a client without a socket can do, signed in by the token of each request. Rejects with a Refused. */
export class Api {
  readonly #host: ApiHost;
  /** One connection may ask for as much as one socket. */
  readonly #buckets = new WeakMap<Socket, TokenBucket>();
  #said = 0;

  constructor(host: ApiHost) {
    this.#host = host;
  }

  /** `POST /messages` with `{ to, text }` or `{ room, text }`: what a socket's `message` or `post` does. */
  async message(request: IncomingMessage): Promise<Answers['message']> {
    const { desk, limits, track } = this.#host;
    const { user } = await this.#signedIn(request);
    const fields = await bodyOf(request, limits.payloadBytes);
    const event = typeof fields === 'object' && fields !== null && 'room' in fields ? 'post' : 'message';
    const asked = parseEvent({ args: [event, fields], acknowledge: ignore }, limits.payloadBytes);
    if (typeof asked === 'string') throw rejected(asked);
    const sender = {
      user,
      draws: this.#draws('chat'),
      connection: { take: (events: number) => this.#bucket(request).take(performance.now(), events) },
    };
    if (asked.event === 'message') return track(sayMessage(desk, sender, asked));
    if (asked.event === 'post') return track(sayPost(desk, sender, asked));
    throw rejected('unknown event');
  }

  /** `GET /presence/:user`. */
  async presence(request: IncomingMessage, user: string): Promise<Answers['presence'] & { readonly user: string }> {
    await this.#signedIn(request);
    if (!isId(user)) throw rejected('not an id');
    const { desk, track } = this.#host;
    return { user, status: await track(desk.presence.ask(user, this.#draws('presence'), 'client')) };
  }

  async #signedIn(request: IncomingMessage): Promise<Identity> {
    if (request.headers.origin !== undefined) throw rejected('foreign origin');
    if (this.#host.draining()) throw rejected('draining');
    if (!this.#bucket(request).take(performance.now())) throw rejected('too many events');
    return this.#host.verify(/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]);
  }

  #bucket({ socket }: IncomingMessage): TokenBucket {
    const known = this.#buckets.get(socket);
    if (known !== undefined) return known;
    const { eventsPerSecond, eventsBurst } = this.#host.limits;
    const bucket = new TokenBucket(eventsPerSecond, eventsBurst, performance.now());
    this.#buckets.set(socket, bucket);
    return bucket;
  }

  /** Connections race: what is numbered is what this node was asked over HTTP, so that a run draws as often and as much as another. */
  #draws(kind: 'chat' | 'presence'): string {
    return `${this.#host.node}:http:${kind}:${this.#said++}`;
  }
}

async function bodyOf(request: IncomingMessage, bytesMost: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMost) throw rejected('body too large');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > bytesMost) throw rejected('body too large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw rejected('no payload', cause);
  }
}

function ignore(): void {}
