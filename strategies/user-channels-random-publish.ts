import { draw, redises, type Strategy } from '../src/routing/index.js';

/** As random-publish, with a channel per topic: every channel exists on every Redis. */
export default {
  name: 'user-channels-random-publish',
  title: 'A channel per user on every Redis, publish to a random one',
  summary: 'A node listens to the channel of each of its users on every Redis; a message goes to a random Redis.',
  claim: 'Random publishing again, now with selective channels: only wanted messages, but every subscription on every Redis.',
  when: {
    use: 'When messages are far more than connects: publishing is spread over all Redis without anybody having to know which is whose.',
    avoid:
      'When many users connect or leave at once: each subscribes on every Redis, so connects become dearer with every Redis that is added.',
  },
  brokers: redises,
  route: ({ brokers }) => ({
    subscribe: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
    publish: (topic, sender) => [{ broker: draw(brokers, sender.random()).id, channel: topic }],
  }),
} satisfies Strategy;
