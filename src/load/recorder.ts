import type { Reply } from '../chat/protocol.js';
import { Latency } from '../measure/latency.js';
import { Ledger, type SocketName } from '../measure/ledger.js';
import type { Sightings } from '../measure/sightings.js';
import { Steps, stepSecondsOf } from '../measure/steps.js';
import { nodeIndex, transportOf } from '../plan/placement.js';
import type { ClientTransport, Plan } from '../plan/types.js';
import type { WorkerProgress, WorkerReport } from '../processes/protocol.js';
import type { Clock } from './clock.js';
import { Reasons } from './reasons.js';
import { Receipts } from './receipts.js';
import { SentLog } from './sentLog.js';
import { Spread } from './spread.js';
import { type Said, streamSaid } from './text.js';

/** Everything one worker sees, as it happens: its ledger, its latencies, and why things were refused or cut. */
export class Recorder {
  readonly #ledger = new Ledger();
  readonly #sentLog = new SentLog(this.#ledger);
  readonly #receipts = new Receipts(this.#ledger);
  readonly #latency = {
    responseSameNode: new Latency(),
    responseCrossNode: new Latency(),
    serviceSameNode: new Latency(),
    serviceCrossNode: new Latency(),
    generatorLag: new Latency(),
  };
  readonly #refusals = new Reasons();
  readonly #disconnects = new Reasons();
  readonly #nodes: number;
  readonly #spread = new Spread();
  /** Responses by how the recipient connects; absent where all do alike. */
  readonly #responseBy: readonly (readonly [ClientTransport, Latency])[];
  readonly #unanswered = new Set<Said>();
  readonly #early = { count: 0, mostMs: 0 };
  readonly #clock: Clock;
  readonly #transports: readonly ClientTransport[];
  readonly #steps: Steps;
  /** When the load began; undefined: there is no clock to watch. */
  #startMs: number | undefined;
  #sent = 0;
  #lastSentMs: number | undefined;

  constructor({ topology, size, transports = [] }: Plan, clock: Clock) {
    this.#steps = new Steps(stepSecondsOf(size.seconds));
    this.#clock = clock;
    this.#nodes = topology.nodes.length;
    const kinds = [...new Set(transports)];
    this.#responseBy = kinds.length < 2 ? [] : kinds.map((transport) => [transport, new Latency()]);
    this.#transports = transports;
  }

  /** From now on steps are counted. */
  begin(startMs: number): void {
    this.#startMs = startMs;
  }

  connected(socket: SocketName, askedAtMs: number): void {
    this.#ledger.add({ fact: 'connected', socket, askedAtMs, atMs: this.#clock() });
  }

  disconnectAsked(socket: SocketName): void {
    this.#ledger.add({ fact: 'disconnectAsked', socket, atMs: this.#clock() });
  }

  cut(socket: SocketName, reason: string): void {
    this.#ledger.add({ fact: 'disconnected', socket, atMs: this.#clock() });
    this.#disconnects.add(reason);
  }

  sending(said: Said): void {
    this.#sent++;
    this.#unanswered.add(said);
    this.#lastSentMs = said.sentMs;
    this.#step(said.sentMs);
    this.#latency.generatorLag.add(said.sentMs - said.intendedMs);
  }

  answered(said: Said, reply: Reply<object>): void {
    this.#unanswered.delete(said);
    this.#sentLog.add(said, reply.ok ? 'taken' : reply.error);
    if (!reply.ok) this.#refusals.add(`${reply.error}: ${reply.reason}`);
  }

  /** A message that goes over HTTP, when autocannon says: no lag of this generator. */
  posting(said: Said): void {
    this.#sent++;
    this.#unanswered.add(said);
  }

  /** `user`, `device`: whose socket got it; `node`: index of the node that it is connected to. A message took as long as its first copy; later ones say nothing of that. */
  received(user: number, device: number, node: number, said: Said): void {
    const { from, intendedMs, sentMs } = said;
    const nowMs = this.#clock();
    if (!this.#receipts.add(user, device, said)) return;
    if (nowMs < sentMs) this.#cameEarly(sentMs - nowMs);
    const sameNode = nodeIndex(from, 0, this.#nodes) === node;
    this.#latency[sameNode ? 'responseSameNode' : 'responseCrossNode'].add(nowMs - intendedMs);
    this.#latency[sameNode ? 'serviceSameNode' : 'serviceCrossNode'].add(nowMs - sentMs);
    this.#step(nowMs, nowMs - intendedMs);
    if (said.form === 'r') this.#spread.add(said, nowMs);
    if (this.#responseBy.length > 0) this.#receivedBy(transportOf(user, this.#nodes, this.#transports), nowMs - intendedMs);
  }

  #step(atMs: number, responseMs?: number): void {
    if (this.#startMs === undefined) return;
    const atSeconds = (atMs - this.#startMs) / 1000;
    this.#steps.add(responseMs === undefined ? { atSeconds } : { atSeconds, responseMs });
  }

  #receivedBy(transport: ClientTransport, ms: number): void {
    for (const [other, latency] of this.#responseBy) if (other === transport) latency.add(ms);
  }

  /** No message arrives before it is sent: what seems to tells how far two clocks are apart. */
  #cameEarly(ms: number): void {
    this.#early.count++;
    this.#early.mostMs = Math.max(this.#early.mostMs, ms);
  }

  stray(socket: SocketName): void {
    this.#ledger.add({ fact: 'stray', socket });
  }

  progress(): WorkerProgress {
    const { responseSameNode, responseCrossNode } = this.#latency;
    const delivered = responseSameNode.count + responseCrossNode.count;
    return { sent: this.#sent, delivered, responseMsP99: this.#steps.latestResponseMs(0.99) };
  }

  report(startUnixMs: number, cutShort: boolean): Omit<WorkerReport, 'cpuUs' | 'memoryBytes'> {
    return { ledger: (cutShort ? this.#ledgerSoFar() : this.ledger).toJSON(), ...this.figures(startUnixMs) };
  }

  /** For whoever judges it in this process. */
  get ledger(): Ledger {
    this.#sentLog.book();
    this.#receipts.book();
    return this.#ledger;
  }

  /** All that is reported beside the ledger. */
  figures(startUnixMs: number): Omit<WorkerReport, 'cpuUs' | 'memoryBytes' | 'ledger'> {
    const latency = this.#latency;
    return {
      latency: {
        responseSameNode: latency.responseSameNode.toBytes(),
        responseCrossNode: latency.responseCrossNode.toBytes(),
        serviceSameNode: latency.serviceSameNode.toBytes(),
        serviceCrossNode: latency.serviceCrossNode.toBytes(),
        generatorLag: latency.generatorLag.toBytes(),
      },
      early: { ...this.#early },
      sendingSeconds: this.#lastSentMs === undefined ? 0 : (this.#lastSentMs - startUnixMs) / 1000,
      steps: this.#steps.toJSON(),
      refusals: this.#refusals.toJSON(),
      disconnects: this.#disconnects.toJSON(),
      sightings: this.#sightings(startUnixMs),
    };
  }

  #sightings(startMs: number): Sightings {
    const responseBy = Object.fromEntries(this.#responseBy.map(([transport, latency]) => [transport, latency.toBytes()]));
    return { startMs, spread: this.#spread.rows(startMs), ...(this.#responseBy.length > 0 && { responseBy }) };
  }

  /** A run may end before its time: of what is not answered yet nobody knows the outcome, and of what is still under way whether it arrives. */
  #ledgerSoFar(): Ledger {
    const ledger = new Ledger();
    ledger.merge(this.ledger);
    for (const said of this.#unanswered) {
      ledger.add({ fact: 'sent', stream: streamSaid(said), sequence: said.sequence, atMs: said.sentMs, outcome: 'unknown' });
    }
    for (const socket of this.#ledger.sockets.keys()) ledger.add({ fact: 'disconnectAsked', socket, atMs: this.#clock() });
    return ledger;
  }
}
