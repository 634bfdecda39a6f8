import type { Reply } from '../chat/protocol.js';
import { Latency } from '../measure/latency.js';
import { Ledger, type SocketName } from '../measure/ledger.js';
import { nodeIndex } from '../plan/placement.js';
import type { Plan } from '../plan/types.js';
import type { WorkerProgress, WorkerReport } from '../processes/protocol.js';
import type { Clock } from './clock.js';
import { Receipts } from './receipts.js';
import { SentLog } from './sentLog.js';
import { type Said, streamSaid } from './text.js';

type Reasons = Map<string, number>;

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
  readonly #refusals: Reasons = new Map();
  readonly #disconnects: Reasons = new Map();
  readonly #nodes: number;
  readonly #unanswered = new Set<Said>();
  readonly #early = { count: 0, mostMs: 0 };
  readonly #clock: Clock;
  #sent = 0;
  #lastSentMs: number | undefined;

  constructor({ topology }: Plan, clock: Clock) {
    this.#clock = clock;
    this.#nodes = topology.nodes.length;
  }

  connected(socket: SocketName, askedAtMs: number): void {
    this.#ledger.add({ fact: 'connected', socket, askedAtMs, atMs: this.#clock() });
  }

  disconnectAsked(socket: SocketName): void {
    this.#ledger.add({ fact: 'disconnectAsked', socket, atMs: this.#clock() });
  }

  cut(socket: SocketName, reason: string): void {
    this.#ledger.add({ fact: 'disconnected', socket, atMs: this.#clock() });
    increment(this.#disconnects, reason);
  }

  sending(said: Said): void {
    this.#sent++;
    this.#unanswered.add(said);
    this.#lastSentMs = said.sentMs;
    this.#latency.generatorLag.add(said.sentMs - said.intendedMs);
  }

  answered(said: Said, reply: Reply<object>): void {
    this.#unanswered.delete(said);
    this.#sentLog.add(said, reply.ok ? 'taken' : reply.error);
    if (!reply.ok) increment(this.#refusals, `${reply.error}: ${reply.reason}`);
  }

  /** `user`: whose socket got it; `node`: index of the node that it is connected to. A message took as long as its first copy; later ones say nothing of that. */
  received(user: number, node: number, said: Said): void {
    const { from, intendedMs, sentMs } = said;
    const nowMs = this.#clock();
    if (!this.#receipts.add(user, said)) return;
    if (nowMs < sentMs) this.#cameEarly(sentMs - nowMs);
    const sameNode = nodeIndex(from, 0, this.#nodes) === node;
    this.#latency[sameNode ? 'responseSameNode' : 'responseCrossNode'].add(nowMs - intendedMs);
    this.#latency[sameNode ? 'serviceSameNode' : 'serviceCrossNode'].add(nowMs - sentMs);
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
    const response = new Latency();
    response.merge(this.#latency.responseSameNode);
    response.merge(this.#latency.responseCrossNode);
    return { sent: this.#sent, delivered: response.count, responseMsP99: response.quantileMs(0.99) };
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
      refusals: Object.fromEntries(this.#refusals),
      disconnects: Object.fromEntries(this.#disconnects),
    };
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

function increment(reasons: Reasons, reason: string): void {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}
