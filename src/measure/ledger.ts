import { BenchError } from '../error.js';
import { type LedgerRecord, readRecord, recordOf } from './ledgerRecord.js';
import { Ranges } from './ranges.js';
import type { Connect } from './sessions.js';
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
  taken: Ranges;
  rejected: Ranges;
  unknown: Ranges;
  /** When message n was sent, in whole ms (rounded down), at index n - 1. */
  atMs: number[];
}

/** What a socket got of one stream. */
export interface Receipt {
  /** Layer k holds the messages that came more than k times. */
  layers: readonly Ranges[];
  /** Deliveries after a later one. */
  reordered: number;
}

/** What is known of one socket. */
export interface SocketFacts {
  connects: readonly Connect[];
  endsMs: readonly number[];
  receipts: Map<Stream, Receipt>;
  strays: number;
}

/**
 * What all share that have none yet. Of a million sockets and streams most hold one thing, or none: a list that grew would keep room for
 * sixteen more, and an empty map for four.
 */
const nothing = { ranges: new Ranges(), receipts: new Map<Stream, Receipt>(), list: [] as readonly never[] };

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
    else if (fact.fact === 'connected') this.#connect(fact.socket, [fact.askedAtMs, fact.atMs]);
    else this.#end(fact.socket, fact.atMs);
  }

  /** Whether the socket got the message already. */
  has(socket: SocketName, stream: Stream, sequence: number): boolean {
    return this.sockets.get(socket)?.receipts.get(stream)?.layers[0]?.has(sequence) === true;
  }

  merge(other: Ledger): void {
    for (const [stream, sent] of other.sent) this.#mergeSent(stream, sent);
    for (const [name, facts] of other.sockets) this.#mergeSocket(name, facts);
  }

  toJSON(): LedgerRecord {
    return recordOf(this);
  }

  #socket(name: SocketName): SocketFacts {
    return getOrMake(this.sockets, name, noFacts);
  }

  #connect(name: SocketName, connect: Connect): void {
    const socket = this.#socket(name);
    socket.connects = socket.connects.concat([connect]);
  }

  #end(name: SocketName, atMs: number): void {
    const socket = this.#socket(name);
    socket.endsMs = socket.endsMs.concat(atMs);
  }

  #send(stream: Stream, sequence: number, atMs: number, outcome: Outcome): void {
    const sent = getOrMake(this.sent, stream, noneSent);
    if (sent.atMs[sequence - 1] !== undefined) throw sentTwice(stream, sequence);
    if (sent[outcome].empty) sent[outcome] = Ranges.of([sequence]);
    else sent[outcome].add(sequence);
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
    mine.connects = mine.connects.concat(connects);
    mine.endsMs = mine.endsMs.concat(endsMs);
    mine.strays += strays;
    for (const [stream, receipt] of receipts) mergeReceipt(receiptOf(mine, stream), receipt);
  }
}

function noneSent(): Sent {
  const { ranges } = nothing;
  return { taken: ranges, rejected: ranges, unknown: ranges, atMs: [] };
}

function noFacts(): SocketFacts {
  const { list, receipts } = nothing;
  return { connects: list, endsMs: list, receipts, strays: 0 };
}

function copyOf({ taken, rejected, unknown, atMs }: Sent): Sent {
  return { taken: taken.copy(), rejected: rejected.copy(), unknown: unknown.copy(), atMs: atMs.slice() };
}

function receiptOf(socket: SocketFacts, stream: Stream): Receipt {
  if (socket.receipts === nothing.receipts) socket.receipts = new Map();
  return getOrMake(socket.receipts, stream, noReceipt);
}

function noReceipt(): Receipt {
  return { layers: nothing.list, reordered: 0 };
}

function receive(receipt: Receipt, sequence: number): void {
  if (sequence < (receipt.layers[0]?.largest ?? 0)) receipt.reordered++;
  if (!receipt.layers.some((layer) => layer.add(sequence))) receipt.layers = receipt.layers.concat(Ranges.of([sequence]));
}

/** What a layer holds already sinks into the next, so that in the end every message lies in as many layers as it came times. */
function mergeReceipt(receipt: Receipt, other: Receipt): void {
  receipt.reordered += other.reordered;
  const layers = [...receipt.layers];
  for (const layer of other.layers) {
    let sinking = layer;
    for (let depth = 0; !sinking.empty; depth++) {
      const here = layers[depth] ?? nothing.ranges;
      layers[depth] = here.union(sinking);
      sinking = here.intersection(sinking);
    }
  }
  receipt.layers = layers.slice();
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
