import {
  type Ledger,
  type Receipt,
  type Sent,
  type SocketFacts,
  type SocketName,
  type Stream,
  senderOf,
  targetOf,
  userOf,
} from './ledger.js';
import { Ranges } from './ranges.js';
import type { Counts } from './result.js';
import { presence, sessionsOf } from './sessions.js';

/** What a ledger is judged by. */
export interface Circumstances {
  /** The users that a message for a target (`u:ann`, `r:42`) is for, each named once; each gets it on every socket. */
  members(target: string): readonly string[];
  /** How long a message may be under way. */
  readonly graceMs: number;
}

export type Wrong = 'lost' | 'duplicated' | 'misdelivered';

export interface Judgement {
  readonly counts: Counts;
  /** The first few of each, in words. */
  readonly examples: Record<Wrong, string[]>;
}

/** One socket of a user. */
interface Recipient {
  readonly socket: SocketName;
  readonly facts: SocketFacts;
  /** Another one of the same user. */
  readonly next: Recipient | undefined;
  /** How many of the streams that it got something of are for it. */
  receiptsDue: number;
}

const noReceipt: Receipt = { layers: [], reordered: 0 };
const noMessages = new Ranges();

/** How many examples of each wrong are told. */
const examplesTold = 5;

/**
 * Compares what each recipient got with what it should have got. Every pair (message, recipient socket) is expected, uncertain or not
 * expected by the meanings in `result.ts`; every delivery is the first of a pair, a further one, or somebody else's.
 */
export function judge(ledger: Ledger, circumstances: Circumstances): Judgement {
  const judging = new Judging(ledger, circumstances);
  for (const [stream, sent] of ledger.sent) judging.stream(stream, sent);
  judging.deliveriesToOthers();
  return judging;
}

class Judging implements Judgement {
  readonly counts: Counts = {
    sent: 0,
    rejected: 0,
    unanswered: 0,
    expected: 0,
    delivered: 0,
    lost: 0,
    duplicated: 0,
    misdelivered: 0,
    reordered: 0,
    uncertain: 0,
  };
  readonly examples = { lost: [] as string[], duplicated: [] as string[], misdelivered: [] as string[] };
  readonly #ledger: Ledger;
  readonly #circumstances: Circumstances;
  readonly #recipients = new Map<string, Recipient>();

  constructor(ledger: Ledger, circumstances: Circumstances) {
    this.#ledger = ledger;
    this.#circumstances = circumstances;
    for (const [socket, facts] of ledger.sockets) {
      const user = userOf(socket);
      this.#recipients.set(user, { socket, facts, next: this.#recipients.get(user), receiptsDue: 0 });
    }
  }

  stream(stream: Stream, sent: Sent): void {
    this.counts.sent += sent.taken.size;
    this.counts.rejected += sent.rejected.size;
    this.counts.unanswered += sent.unknown.size;
    for (const user of this.#circumstances.members(targetOf(stream))) {
      for (let to = this.#recipients.get(user); to !== undefined; to = to.next) this.#pairs(stream, sent, to);
    }
  }

  /** Deliveries on streams that nobody sent, to sockets that a stream is not for, and of things that are no message at all. */
  deliveriesToOthers(): void {
    for (const first of this.#recipients.values())
      for (let one: Recipient | undefined = first; one !== undefined; one = one.next) this.#others(one);
  }

  #others({ socket, facts: { receipts, strays }, receiptsDue }: Recipient): void {
    this.counts.misdelivered += strays;
    if (strays > 0) this.#tell('misdelivered', `${socket} got ${strays} that are no message of this run`);
    if (receiptsDue === receipts.size) return;
    for (const [stream, { layers }] of receipts) {
      if (this.#isFor(stream, socket)) continue;
      for (const layer of layers) this.#count('misdelivered', stream, socket, layer);
    }
  }

  #isFor(stream: Stream, socket: SocketName): boolean {
    return this.#ledger.sent.has(stream) && this.#circumstances.members(targetOf(stream)).includes(userOf(socket));
  }

  /** All messages of one stream, for one socket that they are for. */
  #pairs(stream: Stream, sent: Sent, to: Recipient): void {
    const { socket, facts } = to;
    const receipt = facts.receipts.get(stream);
    if (receipt !== undefined) to.receiptsDue++;
    const { layers, reordered } = receipt ?? noReceipt;
    const { due, possible } = this.#due(sent, facts);
    const first = layers[0] ?? noMessages;
    if (layers.length === 1 && first.equals(due) && due.size === possible.size) {
      // Nearly every stream of a clean run: each message once, and nothing else.
      this.#count('delivered', stream, socket, first);
      this.counts.reordered += reordered;
      return;
    }
    this.#count('delivered', stream, socket, first.intersection(possible));
    this.#count('lost', stream, socket, due.minus(first));
    this.#count('uncertain', stream, socket, possible.minus(due).minus(first));
    for (const layer of layers) this.#count('misdelivered', stream, socket, layer.minus(possible));
    for (const layer of layers.slice(1)) this.#count('duplicated', stream, socket, layer.intersection(possible));
    this.counts.reordered += reordered;
  }

  /** `due`: had to arrive. `possible`: may arrive, the due ones among them. */
  #due(sent: Sent, { connects, endsMs }: SocketFacts): { due: Ranges; possible: Ranges } {
    const happened = sent.unknown.empty ? sent.taken : sent.taken.union(sent.unknown);
    const sessions = sessionsOf(connects, endsMs);
    const { graceMs } = this.#circumstances;
    const [firstMs, lastMs] = spanOf(sent.atMs);
    const throughout = presence(sessions, firstMs, lastMs, graceMs);
    if (throughout === 'online') return { due: sent.taken, possible: happened };
    const within = (sequence: number) => {
      const ms = sent.atMs[sequence - 1] ?? 0;
      return throughout ?? presence(sessions, ms, ms, graceMs);
    };
    return {
      due: Ranges.of([...sent.taken].filter((sequence) => within(sequence) === 'online')),
      possible: Ranges.of([...happened].filter((sequence) => within(sequence) !== 'offline')),
    };
  }

  #count(what: Wrong | 'delivered' | 'uncertain', stream: Stream, socket: SocketName, messages: Ranges): void {
    if (messages.empty) return;
    this.counts[what] += messages.size;
    if (what === 'delivered' || what === 'lost') this.counts.expected += messages.size;
    if (what === 'delivered' || what === 'uncertain' || this.examples[what].length >= examplesTold) return;
    for (const sequence of messages)
      this.#tell(what, wordsOf[what](`message ${sequence} of ${senderOf(stream)} to ${targetOf(stream)}`, socket));
  }

  #tell(what: Wrong, words: string): void {
    if (this.examples[what].length < examplesTold) this.examples[what].push(words);
  }
}

const wordsOf: Readonly<Record<Wrong, (message: string, socket: SocketName) => string>> = {
  lost: (message, socket) => `${message} did not reach ${socket}`,
  duplicated: (message, socket) => `${message} reached ${socket} more than once`,
  misdelivered: (message, socket) => `${message} reached ${socket}, which had no right to it`,
};

/** The first and the last time; messages are sent in order of time, but a merged ledger may have holes. */
function spanOf(atMs: readonly number[]): readonly [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const ms of atMs) {
    if (ms < first) first = ms;
    if (ms > last) last = ms;
  }
  return [first, last];
}
