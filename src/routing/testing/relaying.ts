import { draw, pick } from '../hash.js';
import type { BrokerId, Size, Strategy } from '../types.js';

/**
 * Strategies that need what none of the folder needs yet (relays, no echo, delivery around the brokers, nodes as brokers),
 * described purely so that the contract and the core are held to it.
 */
const one = (size: Size): Size => ({ ...size, brokers: 1 });
const ids = ({ brokers }: Size): BrokerId[] => Array.from({ length: brokers }, (_, index) => `b${index + 1}`);

/** A cluster that hands every message on to all of its instances; each node is connected to one. */
export const relayed: Strategy = {
  name: 'relayed',
  title: 'Relayed',
  summary: 'Every broker relays to all others.',
  fit: (size) => ({ ...size, brokers: Math.max(size.brokers, 1) }),
  brokers: (size) => ids(size).map((id, _, all) => ({ id, kind: 'bus', relaysTo: all.filter((other) => other !== id) })),
  route: ({ brokers }) => ({
    subscribe: (_topic, node) => [{ broker: pick(brokers, node).id, channel: 'all' }],
    publish: (_topic, { node }) => [{ broker: pick(brokers, node).id, channel: 'all' }],
  }),
};

/** The sender's node delivers at once; the broker hands it its own copy back, or does not. */
const around = (name: string, echo: { echo?: false }): Strategy => ({
  name,
  title: name,
  summary: 'One bus, and the sender delivers at once.',
  fit: one,
  brokers: (size) => ids(size).map((id) => ({ id, kind: 'bus', ...echo })),
  route: ({ brokers }) => {
    const bus = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return { local: 'around', subscribe: () => bus, publish: () => bus };
  },
});

export const aroundWithEcho = around('aroundWithEcho', {});
export const aroundWithoutEcho = around('aroundWithoutEcho', { echo: false });

/** Every node listens to itself and publishes to every node. */
export const flooding: Strategy = {
  name: 'flooding',
  title: 'Flooding',
  summary: 'Straight to every node.',
  fit: (size) => ({ ...size, brokers: 0 }),
  brokers: () => [],
  route: ({ nodes }) => ({
    subscribe: (_topic, node) => [{ broker: node, channel: `n:${node}` }],
    publish: () => nodes.map((node) => ({ broker: node, channel: `n:${node}` })),
  }),
};

/** Draws twice for a message. */
export const twoDraws: Strategy = {
  name: 'twoDraws',
  title: 'Two draws',
  summary: 'Everybody listens everywhere on two channels; a message goes to a random broker and channel.',
  fit: (size) => ({ ...size, brokers: Math.max(size.brokers, 1) }),
  brokers: (size) => ids(size).map((id) => ({ id, kind: 'bus' })),
  route: ({ brokers }) => ({
    subscribe: () => brokers.flatMap(({ id }) => ['odd', 'even'].map((channel) => ({ broker: id, channel }))),
    publish: (_topic, sender) => [{ broker: draw(brokers, sender.random()).id, channel: draw(['odd', 'even'], sender.random()) }],
  }),
};
