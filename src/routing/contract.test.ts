import { describe, expect, test } from 'vitest';
import addressBook from '../../strategies/address-book.js';
import directoryHash from '../../strategies/directory-hash.js';
import hashed from '../../strategies/hashed.js';
import { checkStrategy } from './contract.js';
import { draw, pick } from './hash.js';
import { aroundWithEcho, aroundWithoutEcho, flooding, relayed, twoDraws } from './testing/relaying.js';
import { allStrategies } from './testing/strategies.js';
import type { Routing, Strategy, Topology } from './types.js';

describe.each(await allStrategies())('$name', (strategy) => {
  test('holds the contract on 300 random topologies', () => {
    expect(checkStrategy(strategy, { topologies: 300, seed: 20 })).toEqual([]);
  });
});

test.each([relayed, aroundWithEcho, aroundWithoutEcho, flooding, twoDraws])('$name holds the contract', (strategy) => {
  expect(checkStrategy(strategy, { topologies: 60, seed: 3 })).toEqual([]);
});

/** `hashed`, changed. */
function changed(change: Partial<Strategy>): Strategy {
  return { ...hashed, name: 'changed', ...change };
}

/** `hashed` with part of its routing replaced. */
function routed(change: (topology: Topology, routing: Routing) => Partial<Routing>): Strategy {
  return changed({ route: (topology) => ({ ...hashed.route(topology), ...change(topology, hashed.route(topology)) }) });
}

/** A strategy with a directory, with part of its routing replaced. */
function remembered(strategy: Strategy, change: (topology: Topology) => Partial<Routing>): Strategy {
  const route: Strategy['route'] = (topology, options) => ({ ...strategy.route(topology, options), ...change(topology) });
  return { ...strategy, name: 'changed', route };
}

const everywhere = ({ brokers }: Topology) => brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
let calls = 0;

/** What a strategy can get wrong, and what the contract must say of it. */
const wrong: readonly (readonly [what: string, strategy: Strategy, words: RegExp])[] = [
  [
    'publishes one address too many',
    routed((topology, { publish }) => ({
      subscribe: () => everywhere(topology),
      publish: (topic, sender) => [...everywhere(topology), ...publish(topic, sender)].slice(0, 2),
    })),
    /got 2 copies instead of 1/,
  ],
  [
    'publishes twice to the same place',
    routed((_, { publish }) => ({ publish: (topic, sender) => [...publish(topic, sender), ...publish(topic, sender)] })),
    /got 2 copies instead of 1/,
  ],
  [
    'listens on one broker too few',
    routed(({ brokers }) => ({
      subscribe: (topic) => brokers.slice(1).map(({ id }) => ({ broker: id, channel: topic })),
      publish: (topic, sender) => [{ broker: draw(brokers, sender.random()).id, channel: topic }],
    })),
    /got 0 copies instead of 1.*that drew/,
  ],
  [
    'fails only for a draw just under 1',
    routed(({ brokers }) => ({
      subscribe: () => [{ broker: pick(brokers, '').id, channel: 'x' }],
      publish: (_, sender) => (sender.random() > 0.9999 ? [] : [{ broker: pick(brokers, '').id, channel: 'x' }]),
    })),
    /got 0 copies.*that drew 0\.9999/,
  ],
  [
    'forgets one kind of topic',
    routed((_, { subscribe }) => ({ subscribe: (topic, node) => (topic.startsWith('s:') ? [] : subscribe(topic, node)) })),
    /got 0 copies instead of 1 of a message for s:/,
  ],
  [
    'fails for some senders',
    routed((_, { publish }) => ({ publish: (topic, sender) => (pick([true, false], sender.node) ? publish(topic, sender) : []) })),
    /got 0 copies instead of 1/,
  ],
  [
    'delivers around and to itself',
    routed(() => ({
      local: 'around',
      subscribe: (_, node) => [{ broker: node, channel: 'x' }],
      publish: (_, { node }) => [{ broker: node, channel: 'x' }],
    })),
    /got 2 copies instead of 1/,
  ],
  [
    'calls Math.random in publish',
    routed(({ brokers }) => ({ publish: (topic) => [{ broker: draw(brokers, Math.random()).id, channel: topic }] })),
    /\[changed\] strategies are pure: Math\.random was called in publish\(\)/,
  ],
  [
    'calls Date.now at route',
    changed({ route: (topology) => (Date.now() > 0 ? hashed.route(topology) : hashed.route(topology)) }),
    /\[changed\] strategies are pure: Date\.now was called in route\(\)/,
  ],
  [
    'sets a timer in brokers',
    changed({
      brokers: (size) => {
        setTimeout(() => {}, 0);
        return hashed.brokers(size);
      },
    }),
    /setTimeout was called in brokers\(\)/,
  ],
  [
    'swallows that it is impure',
    routed((_, { subscribe }) => ({
      subscribe: (topic, node) => {
        try {
          Math.random();
        } catch {
          /* unnoticed */
        }
        return subscribe(topic, node);
      },
    })),
    /Math\.random was called in subscribe\(\)/,
  ],
  [
    'keeps state',
    routed(({ brokers }) => ({
      subscribe: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
      publish: (topic) => [brokers[calls++ % brokers.length]].flatMap((broker) => (broker ? [{ broker: broker.id, channel: topic }] : [])),
    })),
    /asked again in another order|asked of a second routing/,
  ],
  [
    'changes its arguments',
    changed({
      route: (topology) => {
        Reflect.apply(Array.prototype.reverse, topology.brokers, []);
        return hashed.route(topology);
      },
    }),
    /read only|read-only|Cannot assign/i,
  ],
  ['fits a size further each time', changed({ fit: (size) => ({ ...size, brokers: size.brokers + 1 }) }), /changed it once more/],
  [
    'fits to a fraction',
    changed({ fit: (size) => ({ ...size, brokers: size.brokers / 2 + 1.25 }) }),
    /fit\(\) returned brokers: [\d.]+, which is no whole number/,
  ],
  [
    'has another number of brokers than its size',
    changed({ brokers: (size) => [...hashed.brokers(size), { id: 'extra', kind: 'redis' }] }),
    /brokers\(\) returned 2 for a size of 1/,
  ],
  [
    'gives two brokers one id',
    changed({ brokers: ({ brokers }) => Array.from({ length: brokers }, () => ({ id: 'r', kind: 'redis' })) }),
    /two with the same id: r, r/,
  ],
  [
    'gives a broker a bad id',
    changed({ brokers: ({ brokers }) => Array.from({ length: brokers }, (_, index) => ({ id: `r ${index}`, kind: 'redis' })) }),
    /broker id "r 0" does not match/,
  ],
  [
    'relays to nowhere',
    changed({ brokers: (size) => hashed.brokers(size).map((broker) => ({ ...broker, relaysTo: ['r99'] })) }),
    /relays to "r99", which is not another broker/,
  ],
  [
    'publishes to an unknown broker',
    routed(() => ({ publish: (topic) => [{ broker: 'r99', channel: topic }] })),
    /publish\(.*broker is none of/,
  ],
  [
    'listens at another node',
    {
      ...routed(({ nodes }) => {
        const last = nodes.slice(-1).map((node) => ({ broker: node, channel: 'x' }));
        return { subscribe: () => last, publish: () => last };
      }),
      fit: (size) => ({ ...size, nodes: Math.max(size.nodes, 2) }),
    },
    /subscribe\(.*broker is none of/,
  ],
  [
    'moves its directory about',
    remembered(addressBook, ({ nodes }) => ({ directory: () => (calls++ % 2 === 0 ? ['master'] : nodes.slice(0, 1)) })),
    /directory\('.*asked again in another order|asked of a second routing/,
  ],
  [
    'keeps its directory at an unknown place',
    remembered(addressBook, () => ({ directory: () => ['r99'] })),
    /directory\('.*"r99", which is none of/,
  ],
  [
    'uses half of what the directory knows',
    remembered(addressBook, () => ({ publish: (_topic, { known }) => known.slice(0, 1) })),
    /got 0 copies instead of 1/,
  ],
  ['copies a directory that no node has whole', remembered(directoryHash, () => ({ directoryCopied: true })), /got 0 copies instead of 1/],
  [
    'names a place of its directory twice',
    remembered(directoryHash, ({ nodes }) => ({
      directory: (topic) => [pick(nodes, topic), pick(nodes, topic)],
    })),
    /directory\('.*names one twice/,
  ],
  [
    'has no channel',
    routed(({ brokers }) => ({ subscribe: () => brokers.map(({ id }) => ({ broker: id, channel: '' })) })),
    /which has no channel/,
  ],
  [
    'draws without end',
    routed((_, { publish }) => ({
      publish: (topic, sender) => {
        while (sender.random() < 2);
        return publish(topic, sender);
      },
    })),
    /over 64 draws/,
  ],
  [
    'throws',
    changed({
      route: () => {
        throw new TypeError('no such thing');
      },
    }),
    /no such thing/,
  ],
];

test.each(wrong)('a strategy that %s is found out', (_, strategy, words) => {
  expect(checkStrategy(strategy, { topologies: 100, seed: 5 }).join('\n')).toMatch(words);
});

test('what was violated names the topology that was asked for', () => {
  const [words] = checkStrategy(changed({ fit: (size) => ({ ...size, brokers: size.brokers + 1 }) }), { topologies: 10, seed: 5 });
  expect(words).toMatch(/\(asked for \d+ nodes and \d+ brokers\)$/);
});

test('a file whose answers differ each time it is loaded is found out', () => {
  const salted = (salt: string) =>
    routed(({ brokers }) => ({
      subscribe: (topic) => [{ broker: pick(brokers, salt + topic).id, channel: topic }],
      publish: (topic) => [{ broker: pick(brokers, salt + topic).id, channel: topic }],
    }));
  expect(checkStrategy(salted('a'), { topologies: 50, seed: 5 })).toEqual([]);
  expect(checkStrategy(salted('a'), { topologies: 50, seed: 5, twin: salted('b') }).join()).toMatch(/the same file loaded once more/);
});
