import { BenchError } from '../error.js';
import { type LedgerRecord, readRecord, recordOf } from './ledgerRecord.js';
import { Ranges } from './ranges.js';
import { type Connect, type Session, sessionsOf } from './sessions.js';
import type { Tally } from './tally.js';

export type { LedgerRecord } from './ledgerRecord.js';

/** Who a message is for: a user or a room, by id. */
export type Target = `u:${string}` | `r:${string}`;
/** Sender and target. Messages of a stream are numbered from 1, so that a clean stream is one range. */
export type Stream = `${string} ${Target}`;
/** User and device. */
export type SocketName = `${string}/${string}`;
/** What the sender was told. `rejected`: it did not happen; `unknown`: it may have. */
export type Outcome = 'taken' | 'rejected' | 'unknown';

/** Times are Unix ms. Facts about one socket are added in the order in which they happened, all to the same ledger. */
export type Fact =
  | { readonly fact: 'sent'; readonly stream: Stream; readonly sequence: number; readonly atMs: number; readonly outcome: Outcome }
  | { readonly fact: 'received'; readonly socket: SocketName; readonly stream: Stream; readonly sequence: number }
  /** Something arrived that is no message of this run. */
  | { readonly fact: 'stray'; readonly socket: SocketName }
  /** `askedAtMs`: when the connect began; from then on messages may arrive. */
  | { readonly fact: 'connected'; readonly socket: SocketName; readonly askedAtMs: number; readonly atMs: number }
  | { readonly fact: 'disconnectAsked'; readonly socket: SocketName; readonly atMs: number }
  /** Unasked. */
  | { readonly fact: 'disconnected'; readonly socket: SocketName; readonly atMs: number };

/** What a sender sent on one stream. */
export interface Sent {
  readonly taken: Ranges;
  readonly rejected: Ranges;
  readonly unknown: Ranges;
  /** When message n was sent, in whole ms (rounded down), at index n - 1. */
  atMs: number[];
}

/** What a socket got of one stream. */
export interface Receipt {
  /** Layer k holds the messages that came more than k times. */
  layers: Ranges[];
  /** Deliveries after a later one. */
  reordered: number;
}

/** What is known of one socket. */
export interface SocketFacts {
  readonly connects: Connect[];
  readonly endsMs: number[];
  readonly receipts: Map<Stream, Receipt>;
  strays: number;
}

export function streamOf(sender: string, target: Target): Stream {
  return `${sender} ${target}`;
}

export function targetOf(stream: Stream): Target {
  return stream.slice(stream.indexOf(' ') + 1) as Target;
}

export function senderOf(stream: Stream): string {
  return stream.slice(0, stream.indexOf(' '));
}

export function socketName(user: string, device: string): SocketName {
  return `${user}/${device}`;
}

export function userOf(socket: SocketName): string {
  return socket.slice(0, socket.indexOf('/'));
}

/** What each recipient got of what was sent. Whether that is what it should have got, `judge` says. */
export class Ledger implements Tally<Fact> {
  readonly sent: Map<Stream, Sent>;
  readonly sockets: Map<SocketName, SocketFacts>;

  constructor(sent = new Map<Stream, Sent>(), sockets = new Map<SocketName, SocketFacts>()) {
    this.sent = sent;
    this.sockets = sockets;
  }

  static of(record: LedgerRecord): Ledger {
    const { sent, sockets } = readRecord(record);
    return new Ledger(sent, sockets);
  }

  add(fact: Fact): void {
    if (fact.fact === 'sent') this.#send(fact.stream, fact.sequence, Math.floor(fact.atMs), fact.outcome);
    else if (fact.fact === 'received') receive(receiptOf(this.#socket(fact.socket), fact.stream), fact.sequence);
    else if (fact.fact === 'stray') this.#socket(fact.socket).strays++;
    else if (fact.fact === 'connected') this.#socket(fact.socket).connects.push([fact.askedAtMs, fact.atMs]);
    else this.#socket(fact.socket).endsMs.push(fact.atMs);
  }

  /** Whether the socket got the message already. */
  has(socket: SocketName, stream: Stream, sequence: number): boolean {
    return this.sockets.get(socket)?.receipts.get(stream)?.layers[0]?.has(sequence) === true;
  }

  merge(other: Ledger): void {
    for (const [stream, sent] of other.sent) this.#mergeSent(stream, sent);
    for (const [name, facts] of other.sockets) this.#mergeSocket(name, facts);
  }

  sessions(name: SocketName): readonly Session[] {
    const facts = this.sockets.get(name);
    return facts === undefined ? [] : sessionsOf(facts.connects, facts.endsMs);
  }

  toJSON(): LedgerRecord {
    return recordOf(this);
  }

  #socket(name: SocketName): SocketFacts {
    return getOrMake(this.sockets, name, () => ({ connects: [], endsMs: [], receipts: new Map(), strays: 0 }));
  }

  #send(stream: Stream, sequence: number, atMs: number, outcome: Outcome): void {
    const sent = getOrMake(this.sent, stream, noneSent);
    if (sent.atMs[sequence - 1] !== undefined) throw sentTwice(stream, sequence);
    sent[outcome].add(sequence);
    if (sequence === 1 && sent.atMs.length === 0) sent.atMs = [atMs];
    else sent.atMs[sequence - 1] = atMs;
  }

  #mergeSent(stream: Stream, sent: Sent): void {
    if (!this.sent.has(stream)) {
      this.sent.set(stream, copyOf(sent));
      return;
    }
    for (const outcome of ['taken', 'rejected', 'unknown'] as const) {
      for (const sequence of sent[outcome]) this.#send(stream, sequence, sent.atMs[sequence - 1] ?? 0, outcome);
    }
  }

  #mergeSocket(name: SocketName, { connects, endsMs, receipts, strays }: SocketFacts): void {
    const mine = this.#socket(name);
    mine.connects.push(...connects);
    mine.endsMs.push(...endsMs);
    mine.strays += strays;
    for (const [stream, receipt] of receipts) mergeReceipt(receiptOf(mine, stream), receipt);
  }
}

function noneSent(): Sent {
  return { taken: new Ranges(), rejected: new Ranges(), unknown: new Ranges(), atMs: [] };
}

function copyOf({ taken, rejected, unknown, atMs }: Sent): Sent {
  return { taken: taken.copy(), rejected: rejected.copy(), unknown: unknown.copy(), atMs: atMs.slice() };
}

function receiptOf(socket: SocketFacts, stream: Stream): Receipt {
  return getOrMake(socket.receipts, stream, () => ({ layers: [], reordered: 0 }));
}

function receive(receipt: Receipt, sequence: number): void {
  if (sequence < (receipt.layers[0]?.largest ?? 0)) receipt.reordered++;
  if (!receipt.layers.some((layer) => layer.add(sequence))) receipt.layers = [...receipt.layers, Ranges.of([sequence])];
}

/** What a layer holds already sinks into the next, so that in the end every message lies in as many layers as it came times. */
function mergeReceipt(receipt: Receipt, other: Receipt): void {
  receipt.reordered += other.reordered;
  if (receipt.layers.length === 0) {
    receipt.layers.push(...other.layers.map((layer) => layer.copy()));
    return;
  }
  for (const layer of other.layers) {
    let sinking = layer;
    for (let depth = 0; !sinking.empty; depth++) {
      const here = receipt.layers[depth] ?? new Ranges();
      receipt.layers[depth] = here.union(sinking);
      sinking = here.intersection(sinking);
    }
  }
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function sentTwice(stream: Stream, sequence: number): BenchError {
  return new BenchError('bug', `[ledger] message ${sequence} of ${stream} was sent twice: two workers play the same user`);
}
