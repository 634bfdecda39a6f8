import type { Receipt, Sent, SocketFacts, SocketName, Stream } from './ledger.js';
import { Ranges, type RangesRecord } from './ranges.js';
import type { Connect } from './sessions.js';

/** Taken, rejected, unknown; what is empty at the end is left out. */
type Outcomes = readonly RangesRecord[];
type SentRow = readonly [stream: Stream, timesMs: readonly number[], ...Outcomes];
type ReceiptRow = readonly [stream: Stream, reordered: number, ...layers: readonly RangesRecord[]];

interface SocketRow {
  readonly socket: SocketName;
  readonly connects: readonly Connect[];
  readonly endsMs: readonly number[];
  readonly strays: number;
  readonly receipts: readonly ReceiptRow[];
}

/** A ledger as compact JSON, for the control connection: a few bytes per message, some 20 per stream. */
export interface LedgerRecord {
  /** Unix ms that the times of `sent` count from. */
  readonly sinceMs: number;
  /** Times in order of the messages' numbers: the first since `sinceMs`, each other since the one before it. */
  readonly sent: readonly SentRow[];
  readonly sockets: readonly SocketRow[];
}

/** What a ledger consists of. */
export interface Books {
  readonly sent: Map<Stream, Sent>;
  readonly sockets: Map<SocketName, SocketFacts>;
}

export function recordOf({ sent, sockets }: Books): LedgerRecord {
  const sinceMs = earliest(sent.values());
  return {
    sinceMs,
    sent: Array.from(sent, ([stream, one]) => sentRow(stream, one, sinceMs)),
    sockets: Array.from(sockets, ([socket, { receipts, ...facts }]) => ({
      socket,
      ...facts,
      receipts: Array.from(receipts, ([stream, receipt]) => receiptRow(stream, receipt)),
    })),
  };
}

export function readRecord({ sinceMs, sent, sockets }: LedgerRecord): Books {
  return {
    sent: new Map(sent.map((row) => [row[0], sentOf(row, sinceMs)])),
    sockets: new Map(sockets.map((row) => [row.socket, socketOf(row)])),
  };
}

function earliest(all: Iterable<Sent>): number {
  let first = Infinity;
  for (const { atMs } of all) for (const ms of atMs) if (ms < first) first = ms;
  return first === Infinity ? 0 : first;
}

function sentRow(stream: Stream, sent: Sent, sinceMs: number): SentRow {
  const times: number[] = [];
  let before = sinceMs;
  for (const ms of sent.atMs) {
    if (ms === undefined) continue;
    times.push(ms - before);
    before = ms;
  }
  const outcomes = [sent.taken.toJSON(), sent.rejected.toJSON(), sent.unknown.toJSON()];
  while (outcomes.at(-1)?.length === 0) outcomes.pop();
  return [stream, times, ...outcomes];
}

function sentOf([, times, taken, rejected, unknown]: SentRow, sinceMs: number): Sent {
  const sent: Sent = { taken: new Ranges(taken), rejected: new Ranges(rejected), unknown: new Ranges(unknown), atMs: [] };
  let [index, ms] = [0, sinceMs];
  for (const sequence of sent.taken.union(sent.rejected).union(sent.unknown)) {
    ms += times[index++] ?? 0;
    sent.atMs[sequence - 1] = ms;
  }
  return sent;
}

function receiptRow(stream: Stream, { reordered, layers }: Receipt): ReceiptRow {
  return [stream, reordered, ...layers.map((layer) => layer.toJSON())];
}

function socketOf({ connects, endsMs, strays, receipts }: SocketRow): SocketFacts {
  return {
    connects: [...connects],
    endsMs: [...endsMs],
    strays,
    receipts: new Map(
      receipts.map(([stream, reordered, ...layers]) => [stream, { reordered, layers: layers.map((layer) => new Ranges(layer)) }]),
    ),
  };
}
