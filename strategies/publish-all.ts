import { pick, redises, type Strategy } from '../src/routing/index.js';

/** The listeners spread themselves over the Redis; so every message must go to all of them. */
export default {
  name: 'publish-all',
  title: 'One channel on one Redis, publish to all',
  summary: "Every node listens to one channel on one Redis, picked by the node's hash; a message goes to every Redis.",
  claim: 'The nodes are calmer, the Redis busier.',
  when: {
    use: 'Hardly ever; it is here because it looks as if it relieved the nodes. It spreads the subscribers over the Redis.',
    avoid: 'When you hope that nodes receive less: they receive everything, and each message is published once for every Redis on top.',
  },
  brokers: redises,
  route: ({ brokers }) => {
    const channels = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return {
      subscribe: (_topic, node) => [pick(channels, node)],
      publish: () => channels,
    };
  },
} satisfies Strategy;
