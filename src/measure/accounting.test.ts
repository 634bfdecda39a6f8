import { describe, expect, it } from 'vitest';
import { byKind, zeroKind } from '../routing/counters.js';
import { amplificationOf, equationsOf, kindsBetween, sumKnown, sumTraffic, trafficBetween } from './accounting.js';
import type { BrokerResult, Counts, NodeResult } from './result.js';

const counts: Counts = {
  sent: 10,
  rejected: 0,
  unanswered: 0,
  expected: 10,
  delivered: 10,
  lost: 0,
  duplicated: 0,
  misdelivered: 0,
  reordered: 0,
  uncertain: 0,
};

function node(id: string, chat: Partial<NodeResult['kinds']['chat']>, junk = 0): NodeResult {
  return {
    id,
    kinds: { ...byKind(zeroKind), chat: { ...zeroKind(), ...chat } },
    throughBrokers: { ...byKind(() => ({ in: 0, out: 0 })), chat: { in: chat.published ?? 0, out: chat.received ?? 0 } },
    subscribes: 0,
    unsubscribes: 0,
    subscriptions: {},
    entries: {},
    connections: 0,
    junk,
    refused: {},
    slowReadersCut: 0,
    joinWindowMsMax: null,
    cpuUs: 0,
    memoryBytes: 0,
    eventLoopDelayMsP99: 0,
  };
}

/** Its two counts of one kind do not agree: by kind it says one of each. */
function lying(id: string, kind: 'chat' | 'probe', again: { in: number; out: number }): NodeResult {
  const honest = node(id, {});
  const counted = { ...zeroKind(), published: 1, received: 1, useful: 1 };
  return { ...honest, kinds: { ...honest.kinds, [kind]: counted }, throughBrokers: { ...honest.throughBrokers, [kind]: again } };
}

function broker(id: string, taken: number | null, out: number | null, byNodes: { in: number; out: number }): BrokerResult {
  return {
    id,
    kind: 'redis',
    embedded: false,
    origin: 'spawned',
    in: taken,
    out,
    relayed: null,
    hops: 0,
    kinds: { ...byKind(() => ({ in: 0, out: 0 })), chat: byNodes },
    channels: null,
    bytesIn: null,
    bytesOut: null,
    cpuUs: null,
    memoryBytes: null,
    raw: { attached: null, start: null, drained: null, end: null },
  };
}

const cleanNodes = [node('n1', { published: 10 }), node('n2', { received: 10, useful: 10, deliveredToSockets: 10 })];
const cleanBrokers = [broker('r1', 10, 10, { in: 10, out: 10 })];

function broken(nodes: readonly NodeResult[], brokers: readonly BrokerResult[], ledger = counts) {
  return equationsOf(nodes, brokers, ledger, false).filter(({ holds }) => holds === false);
}

describe('the equations', () => {
  it('hold in a clean run, at every node, every broker and over all', () => {
    const equations = equationsOf(cleanNodes, cleanBrokers, counts, false);
    expect(equations.every(({ holds }) => holds)).toBe(true);
    expect(new Set(equations.map(({ place }) => place))).toEqual(new Set(['n1', 'n2', 'r1', 'all']));
  });

  it.each([
    ['a stray publish at the broker', cleanNodes, [broker('r1', 11, 10, { in: 10, out: 10 })], 'r1', 'published by nodes'],
    ['a publish dropped before the broker', cleanNodes, [broker('r1', 9, 9, { in: 10, out: 9 })], 'r1', 'published by nodes'],
    ['a message lost between broker and node', cleanNodes, [broker('r1', 10, 10, { in: 10, out: 9 })], 'r1', 'handed out'],
    ['junk', [...cleanNodes, node('n3', {}, 1)], cleanBrokers, 'n3', 'no message of this run'],
    ['a message neither useful nor wasted', [...cleanNodes, node('n3', { received: 1 })], cleanBrokers, 'n3', 'useful + wasted'],
    ['a publish counted by kind only', [...cleanNodes, lying('n3', 'probe', { in: 0, out: 1 })], cleanBrokers, 'n3', 'probe published'],
    ['an arrival counted by broker only', [...cleanNodes, lying('n3', 'chat', { in: 1, out: 2 })], cleanBrokers, 'n3', 'chat received'],
  ])('do not hold with %s, and name the place', (_case, nodes, brokers, place, name) => {
    const [first, ...others] = broken(nodes, brokers);
    expect(first?.place).toBe(place);
    expect(first?.name).toContain(name);
    expect(others).toEqual([]);
  });

  it('do not hold when the ledger saw less than the sockets were written', () => {
    expect(broken(cleanNodes, cleanBrokers, { ...counts, delivered: 9, lost: 1 })[0]?.place).toBe('all');
  });

  it('of a broker that relays hold when each message went to every other broker once', () => {
    const among = (relayed: number | null) =>
      equationsOf(cleanNodes, [{ ...broker('r1', 10, 10, { in: 10, out: 10 }), relayed }], counts, false, () => 2).filter(({ name }) =>
        name.includes('relayed'),
      );
    expect(among(20)).toMatchObject([{ place: 'r1', left: 20, right: 20, holds: true }]);
    expect(among(19)).toMatchObject([{ holds: false }]);
    expect(among(null)).toMatchObject([{ holds: null }]);
  });

  it('hold commands against commands where messages share them, and messages against messages', () => {
    const sharing = (commands: BrokerResult['commands'], out = 10) => [{ ...broker('r1', 10, out, { in: 10, out: 10 }), commands }];
    const names = (brokers: readonly BrokerResult[]) => broken(cleanNodes, brokers).map(({ name }) => name);
    expect(names(sharing({ put: 4, taken: 4, answered: 4, got: 4 }))).toEqual([]);
    expect(names(sharing({ put: 4, taken: 5, answered: 4, got: 4 }))).toEqual(['commands put by nodes = taken in by the broker']);
    expect(names(sharing({ put: 4, taken: 4, answered: 4, got: 3 }))).toEqual(['commands handed out by the broker = got by nodes']);
    expect(names(sharing({ put: 4, taken: 4, answered: 4, got: 4 }, 11))).toEqual(['handed out by the broker = received by nodes']);
  });

  it('are unknown, not broken, where a witness is gone or spoke too early', () => {
    const blind = equationsOf(cleanNodes, [{ ...broker('r1', 9, 8, { in: 10, out: 10 }), relayed: 7 }], counts, true, () => 1);
    expect(blind.filter(({ holds }) => holds === null).map(({ place }) => place)).toEqual(['r1', 'r1', 'r1', 'all']);
    expect(blind.filter(({ holds }) => holds === false)).toEqual([]);
  });
});

describe('figures', () => {
  it('are what was counted between two snapshots', () => {
    const start = { ...byKind(zeroKind), chat: { ...zeroKind(), published: 3 } };
    const end = { ...byKind(zeroKind), chat: { ...zeroKind(), published: 10, received: 4 } };
    expect(kindsBetween(start, end).chat).toEqual({ ...zeroKind(), published: 7, received: 4 });
  });

  it('of a broker first used after the start count from zero', () => {
    const traffic = trafficBetween(undefined, { ...byKind(() => ({ in: 0, out: 0 })), chat: { in: 2, out: 1 } });
    expect(sumTraffic([traffic, traffic]).chat).toEqual({ in: 4, out: 2 });
  });

  it('are unknown when one part is', () => {
    expect(sumKnown([1, null, 2])).toBeNull();
    expect(sumKnown([1, 2])).toBe(3);
  });
});

describe('amplification', () => {
  const traffic = { in: 10, out: 40, relayed: 20, hops: 5, questions: 3, answers: 2 };

  it('is what brokers, nodes and directories handled for each delivery', () => {
    expect(amplificationOf(traffic, 10)).toBe(8);
  });

  it('is unknown when somebody does not say how much, or nothing was delivered', () => {
    for (const figure of Object.keys(traffic)) expect(amplificationOf({ ...traffic, [figure]: null }, 10)).toBeNull();
    expect(amplificationOf(traffic, 0)).toBeNull();
  });
});

describe('what is written to a socket whose client is leaving', () => {
  const all = (written: number, uncertain: number) =>
    equationsOf([node('n1', { deliveredToSockets: written })], [], { ...counts, uncertain }, false).find(({ place }) => place === 'all');

  it('is seen by nobody: it may be one of the uncertain pairs, and nothing more', () => {
    expect([10, 12, 13, 9].map((written) => all(written, 2)?.holds)).toEqual([true, true, false, false]);
    expect(all(12, 2)?.name).toContain('of the 2 uncertain');
  });

  it('cannot be where nobody leaves', () => {
    expect([all(10, 0)?.holds, all(11, 0)?.holds]).toEqual([true, false]);
  });
});
