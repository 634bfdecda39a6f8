import type { Answers, Reply, Requests } from '../chat/protocol.js';
import { minter } from '../chat/signIn.js';
import { BenchError, unavailable, wordsOf } from '../error.js';
import { type SocketName, socketName } from '../measure/ledger.js';
import { nodeIndex, userId } from '../plan/placement.js';
import type { WorkerPlan } from '../processes/protocol.js';
import { eachAtMost } from './bounded.js';
import type { Clock } from './clock.js';
import { type Answered, type Connection, type Driver, type Hooks, request } from './driver.js';

/** How many connect at a time. */
const connectsAtOnce = 50;
/** Of the one socket that each user has. */
export const device = '0';

/** What becomes of the pushes and cuts of a socket. */
export interface Witness {
  connected(socket: SocketName, askedAtMs: number): void;
  disconnectAsked(socket: SocketName): void;
  hooks(user: number, socket: SocketName, node: number): Hooks;
}

/** The users of one worker, each with one connection. */
export class People {
  readonly #plan: WorkerPlan;
  readonly #driver: Driver;
  readonly #witness: Witness;
  readonly #clock: Clock;
  readonly #connections = new Map<number, Connection>();

  constructor(plan: WorkerPlan, driver: Driver, witness: Witness, clock: Clock) {
    this.#plan = plan;
    this.#driver = driver;
    this.#witness = witness;
    this.#clock = clock;
  }

  /** Does this worker play that user? */
  plays(user: number): boolean {
    return user % this.#plan.of === this.#plan.shard;
  }

  async connect(): Promise<void> {
    const mint = await minter(this.#plan.secrets.tokenKey);
    const everyone = Array.from({ length: this.#plan.plan.size.users }, (_, user) => user);
    await eachAtMost(
      connectsAtOnce,
      everyone.filter((user) => this.plays(user)),
      async (user) => this.#connect(user, await mint(userId(user), device)),
    );
  }

  send<Event extends keyof Requests>(user: number, event: Event, payload: Requests[Event], answered: Answered<Answers[Event]>): void {
    this.#connection(user).send(event, payload, answered);
  }

  request<Event extends keyof Requests>(user: number, event: Event, payload: Requests[Event]): Promise<Reply<Answers[Event]>> {
    return request(this.#connection(user), event, payload);
  }

  /** Everything that was written to these sockets before has been received when this resolves. Sockets that were cut get nothing more. */
  async settle(): Promise<void> {
    const replies = await Promise.all([...this.#connections.values()].map((connection) => request(connection, 'sync', {})));
    const silent = replies.flatMap((reply) => (!reply.ok && reply.error === 'unknown' ? [reply.reason] : []));
    if (silent.length === 0) return;
    throw unavailable(
      `[worker ${this.#plan.shard}] ${silent.length} of ${replies.length} sockets did not answer sync: ${silent[0]}; is a node stuck?`,
    );
  }

  disconnect(): void {
    for (const [user, connection] of this.#connections) {
      this.#witness.disconnectAsked(socketName(userId(user), device));
      connection.close();
    }
    this.#connections.clear();
  }

  #connection(user: number): Connection {
    const connection = this.#connections.get(user);
    if (connection !== undefined) return connection;
    throw new BenchError('bug', `[worker ${this.#plan.shard}] ${userId(user)} is none of its users, or not connected yet`);
  }

  async #connect(user: number, token: string): Promise<void> {
    const { plan, nodes, shard } = this.#plan;
    const [id, node] = [userId(user), nodeIndex(user, 0, nodes.length)];
    const [socket, url] = [socketName(id, device), nodes[node] ?? ''];
    const askedAtMs = this.#clock();
    try {
      const place = { url, token, timeoutMs: plan.timing.drainMs };
      this.#connections.set(user, await this.#driver.connect(place, this.#witness.hooks(user, socket, node)));
    } catch (cause) {
      throw unavailable(`[worker ${shard}] ${id} could not connect to ${plan.topology.nodes[node]} at ${url}: ${wordsOf(cause)}`, cause);
    }
    this.#witness.connected(socket, askedAtMs);
  }
}
