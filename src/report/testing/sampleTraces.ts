import { traceOf } from '../../measure/trace.js';
import type { SeenHop, Trace } from '../../measure/traceSchema.js';

/** Invented traces for the tests of the renderers, in the shape of those of `single-channel` on four nodes and of a mesh with a directory. */
const beganMs = 1_700_000_000_000;

function at(ms: number, hop: Omit<SeenHop, 'atMs'>): SeenHop {
  return { atMs: beganMs + ms, ...hop };
}

const copy = { from: 'redis-0', channel: 'all', message: 'n1-7', carries: 'message' } as const;

/** One copy is wanted, three are not. */
export function wastefulTrace(): Trace {
  const hops = [
    at(0, { at: 'u1', what: 'intended' }),
    at(0.1, { at: 'u1', what: 'sent', to: 'n1' }),
    at(0.4, { at: 'n1', what: 'taken', message: 'n1-7' }),
    at(0.5, { at: 'n1', what: 'published', to: 'redis-0', channel: 'all', message: 'n1-7', carries: 'message' }),
    at(0.9, { at: 'n0', what: 'dropped', ...copy }),
    at(1, { at: 'n2', what: 'received', ...copy }),
    at(1.1, { at: 'n2', what: 'written', to: 'u2/0', count: 1 }),
    at(1.2, { at: 'n3', what: 'dropped', ...copy }),
    at(1.3, { at: 'n1', what: 'dropped', ...copy }),
    at(1.4, { at: 'n1', what: 'accepted', from: 'redis-0', count: 4, message: 'n1-7', carries: 'message' }),
    at(1.5, { at: 'u2/0', what: 'delivered', from: 'n2' }),
    at(1.7, { at: 'u1', what: 'acknowledged', from: 'n1', outcome: 'taken' }),
  ];
  return traceOf({ ...sample, hops, brokers: ['redis-0'], unknown: ['times inside a broker'] });
}

/** Asks another node where the recipient is, and sends straight to the node that it names. */
export function directoryTrace(): Trace {
  const straight = { channel: 'n:n2', message: 'n1-8', carries: 'message' } as const;
  const hops = [
    at(0, { at: 'u1', what: 'intended' }),
    at(0.1, { at: 'u1', what: 'sent', to: 'n1' }),
    at(0.4, { at: 'n1', what: 'taken', message: 'n1-8' }),
    at(0.5, { at: 'n1', what: 'asked', to: 'n3', count: 1 }),
    at(0.8, { at: 'n3', what: 'questioned', from: 'n1', count: 1 }),
    at(0.9, { at: 'n3', what: 'replied', to: 'n1', count: 1 }),
    at(1.2, { at: 'n1', what: 'learned', from: 'n3', count: 1 }),
    at(1.3, { at: 'n1', what: 'published', to: 'n2', ...straight }),
    at(1.6, { at: 'n2', what: 'received', from: 'n2', ...straight }),
    at(1.7, { at: 'n2', what: 'written', to: 'u2/0', count: 1 }),
    at(1.9, { at: 'u2/0', what: 'delivered', from: 'n2' }),
    at(2, { at: 'u1', what: 'acknowledged', from: 'n1', outcome: 'taken' }),
  ];
  return traceOf({ ...sample, hops, brokers: [], unknown: [] });
}

const sample = { kind: 'message', from: 'u1', to: 'u2', nodes: ['n0', 'n1', 'n2', 'n3'], clockErrorMs: 0.2 } as const;
