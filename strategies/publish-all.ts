import { pick, redises, type Strategy } from '../src/routing/index.js';

/** The listeners spread themselves over the Redis; so every message must go to all of them. */
export default {
  name: 'publish-all',
  title: 'One channel on one Redis, publish to all',
  summary: "Every node listens to one channel on one Redis, picked by the node's hash; a message goes to every Redis.",
  claim: 'The nodes are calmer, the Redis busier.',
  brokers: redises,
  route: ({ brokers }) => {
    const channels = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return {
      subscribe: (_topic, node) => [pick(channels, node)],
      publish: () => channels,
    };
  },
} satisfies Strategy;
