import { draw, redises, type Strategy } from '../src/routing/index.js';

/** The publishers spread their messages over the Redis; so every node must listen to all of them. */
export default {
  name: 'random-publish',
  title: 'One channel on every Redis, publish to a random one',
  summary: 'Every node listens to one channel on every Redis; a message goes to a random Redis.',
  claim: 'Redis stops being the bottleneck, the nodes become it.',
  when: {
    use: 'When one Redis cannot hand out enough, and the nodes have CPU to spare.',
    avoid: 'When the nodes are what is short: each still receives every message, over as many connections as there are Redis.',
  },
  brokers: redises,
  route: ({ brokers }) => {
    const channels = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return {
      subscribe: () => channels,
      publish: (_topic, sender) => [draw(channels, sender.random())],
    };
  },
} satisfies Strategy;
