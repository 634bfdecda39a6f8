import type { Answers, Refusal, Reply, Requests } from '../chat/protocol.js';
import { BenchError, unavailable, wordsOf } from '../error.js';
import { type SocketName, socketName } from '../measure/ledger.js';
import { nodeIndex, transportOf, userId } from '../plan/placement.js';
import type { WorkerPlan } from '../processes/protocol.js';
import { eachAtMost } from './bounded.js';
import { type Clock, unixMs } from './clock.js';
import { type Answered, type Connection, type Driver, type Hooks, refusal, request } from './driver.js';
import { minterOf } from './minting.js';

/** How many connect at a time. */
const connectsAtOnce = 50;
/** The device that speaks and asks for its user. */
export const speaking = 0;

/** What becomes of the pushes and cuts of a socket. */
export interface Witness {
  connected(socket: SocketName, askedAtMs: number): void;
  disconnectAsked(socket: SocketName): void;
  hooks(user: number, device: number, node: number): Hooks;
}

/** The users of one worker, each with a connection for every device that is online. */
export class People {
  readonly #plan: WorkerPlan;
  readonly #driver: Driver;
  readonly #witness: Witness;
  readonly #clock: Clock;
  /** How many of everyone's are online from the start. */
  readonly #devices: number;
  /** By device, then by user. */
  readonly #connections: Map<number, Connection>[] = [new Map()];
  readonly #mint: ReturnType<typeof minterOf>;

  constructor(plan: WorkerPlan, driver: Driver, witness: Witness, clock: Clock, devices = 1) {
    this.#plan = plan;
    this.#devices = devices;
    this.#driver = driver;
    this.#witness = witness;
    this.#clock = clock;
    this.#mint = minterOf(plan.secrets.tokenKey, unixMs);
  }

  /** Does this worker play that user? */
  plays(user: number): boolean {
    return user % this.#plan.of === this.#plan.shard;
  }

  async connect(): Promise<void> {
    const mine = Array.from({ length: this.#plan.plan.size.users }, (_, user) => user).filter((user) => this.plays(user));
    for (let device = 0; device < this.#devices; device++) await eachAtMost(connectsAtOnce, mine, (user) => this.come(user, device));
  }

  /** Resolves when the connect is acknowledged. A connection that this device had and lost is forgotten. */
  async come(user: number, device: number): Promise<void> {
    const { plan, nodes, shard } = this.#plan;
    const [id, node] = [userId(user), nodeIndex(user, device, nodes.length)];
    const [socket, url] = [socketName(id, String(device)), nodes[node] ?? ''];
    const token = this.#mint(id, String(device));
    const askedAtMs = this.#clock();
    try {
      const transport = transportOf(user, plan.topology.nodes.length, plan.transports);
      const place = { url, token, timeoutMs: plan.timing.drainMs, transport };
      this.#online(user, device, await this.#driver.connect(place, this.#witness.hooks(user, device, node)));
    } catch (cause) {
      throw unavailable(`[worker ${shard}] ${id} could not connect to ${plan.topology.nodes[node]} at ${url}: ${wordsOf(cause)}`, cause);
    }
    this.#witness.connected(socket, askedAtMs);
  }

  /** False when that device is not online. */
  go(user: number, device: number): boolean {
    const connection = this.#connections[device]?.get(user);
    if (connection === undefined) return false;
    this.#connections[device]?.delete(user);
    this.#witness.disconnectAsked(socketName(userId(user), String(device)));
    connection.close();
    return true;
  }

  send<Event extends keyof Requests>(user: number, event: Event, payload: Requests[Event], answered: Answered<Answers[Event]>): void {
    const connection = this.#connections[speaking]?.get(user);
    if (connection !== undefined) connection.send(event, payload, answered);
    else answered(this.#absent(user));
  }

  request<Event extends keyof Requests>(user: number, event: Event, payload: Requests[Event]): Promise<Reply<Answers[Event]>> {
    return new Promise((resolve) => this.send(user, event, payload, resolve));
  }

  /** Everything that was written to these sockets before has been received when this resolves. Sockets that were cut get nothing more. */
  async settle(): Promise<void> {
    const replies = await Promise.all([...this.#all()].map(([, , connection]) => request(connection, 'sync', {})));
    const silent = replies.flatMap((reply) => (!reply.ok && reply.error === 'unknown' ? [reply.reason] : []));
    if (silent.length === 0) return;
    throw unavailable(
      `[worker ${this.#plan.shard}] ${silent.length} of ${replies.length} sockets did not answer sync: ${silent[0]}; is a node stuck?`,
    );
  }

  disconnect(): void {
    for (const [user, device] of [...this.#all()]) this.go(user, device);
  }

  *#all(): Iterable<readonly [user: number, device: number, connection: Connection]> {
    for (const [device, users] of this.#connections.entries()) for (const [user, connection] of users) yield [user, device, connection];
  }

  /** Who went away says nothing; who never was here is asked by mistake. */
  #absent(user: number): Refusal {
    if (this.plays(user)) return refusal('rejected', 'not connected');
    throw new BenchError('bug', `[worker ${this.#plan.shard}] ${userId(user)} is none of its users`);
  }

  #online(user: number, device: number, connection: Connection): void {
    for (let next = this.#connections.length; next <= device; next++) this.#connections.push(new Map());
    this.#connections[device]?.set(user, connection);
  }
}
