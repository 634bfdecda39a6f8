import { draw, pick, redises, type Strategy } from '../src/routing/index.js';

/** Groups of equal size; listeners are in every group, so a message needs only one group, and in it every Redis. */
export default {
  name: 'grouped',
  title: 'Groups of Redis',
  summary:
    "A node listens to its users' channels on one Redis of each group, picked by the node's hash; a message goes to every Redis of a random group.",
  claim: 'The load on any one place does not depend on the size of the system, but each further step costs more.',
  when: {
    use: 'When both messages and connects are too many for one Redis, and a middle way between publishing to all and subscribing on all is wanted; the number of groups is the dial.',
    avoid: 'When a hash can name the Redis of a topic: then one publish and one subscription do, at any size.',
  },
  options: { groups: 2 },
  fit: (size, { groups }) => {
    if (!Number.isInteger(groups) || groups < 1) throw new RangeError(`groups must be a whole number from 1, not ${groups}`);
    return { ...size, brokers: Math.max(Math.ceil(size.brokers / groups), 1) * groups };
  },
  brokers: redises,
  route: ({ brokers }, { groups }) => {
    const each = brokers.length / groups;
    const parts = Array.from({ length: groups }, (_, group) => brokers.slice(group * each, (group + 1) * each));
    return {
      subscribe: (topic, node) => parts.map((part) => ({ broker: pick(part, node).id, channel: topic })),
      publish: (topic, sender) => draw(parts, sender.random()).map(({ id }) => ({ broker: id, channel: topic })),
    };
  },
} satisfies Strategy<{ groups: number }>;
