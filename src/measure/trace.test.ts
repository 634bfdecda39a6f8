import { describe, expect, it } from 'vitest';
import { type Sighted, traceOf } from './trace.js';
import type { SeenHop } from './traceSchema.js';

function sighted(hops: readonly SeenHop[], given: Partial<Sighted> = {}): Sighted {
  const nodes = ['n1', 'n2', 'n3'];
  return { kind: 'message', from: 'u1', to: 'u2', hops, nodes, brokers: ['r1'], clockErrorMs: 0.5, unknown: [], ...given };
}

const sending: readonly SeenHop[] = [
  { atMs: 1000, at: 'u1', what: 'intended' },
  { atMs: 1000.1, at: 'u1', what: 'sent', to: 'n1' },
  { atMs: 1000.2, at: 'n1', what: 'taken', message: 'n1-1' },
  { atMs: 1000.3, at: 'n1', what: 'published', to: 'r1', channel: 'all', message: 'n1-1', carries: 'message' },
];

function arrival(node: string, what: 'received' | 'dropped', atMs: number): SeenHop {
  return { atMs, at: node, what, from: 'r1', channel: 'all', message: 'n1-1', carries: 'message' };
}

describe('a trace', () => {
  it('counts from when the message was intended and names places in the order in which it passes them', () => {
    const { hops, places, leftOut } = traceOf(
      sighted([
        ...sending,
        arrival('n3', 'dropped', 1000.9),
        arrival('n2', 'received', 1001),
        { atMs: 1001.1, at: 'n2', what: 'written', to: 'u2/0', count: 1 },
        { atMs: 1001.4, at: 'u2/0', what: 'delivered', from: 'n2' },
      ]),
    );
    expect(hops.map(({ ms, at, what }) => `${ms} ${at} ${what}`)).toEqual([
      ...['0 u1 intended', '0.1 u1 sent', '0.2 n1 taken', '0.3 n1 published'],
      ...['0.9 n3 dropped', '1 n2 received', '1.1 n2 written', '1.4 u2 delivered'],
    ]);
    expect(places.map(({ id, node }) => (node === undefined ? id : `${id} at ${node}`))).toEqual([
      ...['u1 at n1', 'n1', 'r1', 'n2', 'n3', 'u2 at n2'],
    ]);
    expect(leftOut).toEqual({ places: 0, hops: 0 });
  });

  it('puts no hop before what led to it, however far the clocks are apart, and leaves the times as they were read', () => {
    const early = [
      arrival('n2', 'received', 999.5),
      { atMs: 999.6, at: 'n2', what: 'written', to: 'u2/0', count: 1 } as const,
      { atMs: 999.4, at: 'u2/0', what: 'delivered', from: 'n2' } as const,
    ];
    const { hops } = traceOf(sighted([...early, ...sending]));
    expect(hops.map(({ what }) => what)).toEqual(['intended', 'sent', 'taken', 'published', 'received', 'written', 'delivered']);
    expect(hops.map(({ ms }) => ms)).toEqual([0, 0.1, 0.2, 0.3, -0.5, -0.4, -0.6]);
  });

  it('lets the acknowledgement follow the last broker that answered, and of a question the first answer', () => {
    const accepted = { atMs: 1002, at: 'n1', what: 'accepted', from: 'r1', carries: 'message', count: 2 } as const;
    const taken = traceOf(sighted([...sending, { atMs: 1001.9, at: 'u1', what: 'acknowledged', from: 'n1' }, accepted]));
    expect(taken.hops.map(({ what }) => what).slice(-2)).toEqual(['accepted', 'acknowledged']);
    const answers = [1003, 1009].map((atMs) => ({ ...arrival('n1', 'received', atMs), carries: 'answer' as const, message: `n2-${atMs}` }));
    const told = traceOf(sighted([...sending, ...answers, { atMs: 1004, at: 'u1', what: 'acknowledged', from: 'n1' }]));
    expect(told.hops.slice(-2)).toMatchObject([{ what: 'received', ms: 3, copies: 2, lastMs: 9 }, { what: 'acknowledged' }]);
  });

  it('shows hops that differ in time and channel alone as one', () => {
    const again = { atMs: 1000.5, at: 'n1', what: 'published', to: 'r1', channel: 'u:u9', message: 'n1-1', carries: 'message' } as const;
    const { hops } = traceOf(sighted([...sending, again]));
    expect(hops.at(-1)).toEqual({
      ...{ ms: 0.3, at: 'n1', what: 'published', to: 'r1', channel: 'all', message: 'n1-1', carries: 'message' },
      ...{ copies: 2, lastMs: 0.5 },
    });
  });

  it('puts many recipients together by their node', () => {
    const recipients = [2, 5, 8, 3, 6].map((user) => ({ socket: `u${user}/0`, node: user % 3 === 2 ? 'n3' : 'n1' }));
    const { places, hops } = traceOf(
      sighted([
        ...sending,
        ...recipients.map(({ socket, node }): SeenHop => ({ atMs: 1002, at: node, what: 'written', to: socket, count: 1 })),
        ...recipients.map(({ socket, node }): SeenHop => ({ atMs: 1003, at: socket, what: 'delivered', from: node })),
      ]),
    );
    expect(places.filter(({ sockets }) => sockets !== undefined)).toEqual([
      { id: 'clients of n3', role: 'client', node: 'n3', sockets: 3 },
      { id: 'clients of n1', role: 'client', node: 'n1', sockets: 2 },
    ]);
    expect(hops.filter(({ what }) => what === 'written')).toMatchObject([
      { at: 'n3', to: 'clients of n3', copies: 3, count: 3 },
      { at: 'n1', to: 'clients of n1', copies: 2, count: 2 },
    ]);
  });

  it('leaves out what no picture can show, last of all where the message was wanted, and says how much', () => {
    const nodes = Array.from({ length: 50 }, (_, index) => `n${index + 1}`);
    const arrivals = nodes.map((node) => arrival(node, node === 'n50' ? 'received' : 'dropped', 1001));
    const { places, hops, leftOut } = traceOf(sighted([...sending, ...arrivals], { nodes }));
    expect(places.flatMap(({ id, role }) => (role === 'node' ? [id] : []))).toEqual(['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n50']);
    expect(leftOut).toEqual({ places: 42, hops: 42 });
    expect(hops).toHaveLength(4 + 8);
  });
});
