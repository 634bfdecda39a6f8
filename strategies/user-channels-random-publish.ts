import { draw, redises, type Strategy } from '../src/routing/index.js';

/** As random-publish, with a channel per topic: every channel exists on every Redis. */
export default {
  name: 'user-channels-random-publish',
  title: 'A channel per user on every Redis, publish to a random one',
  summary: 'A node listens to the channel of each of its users on every Redis; a message goes to a random Redis.',
  claim: 'Random publishing again, now with selective channels: only wanted messages, but every subscription on every Redis.',
  brokers: redises,
  route: ({ brokers }) => ({
    subscribe: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
    publish: (topic, sender) => [{ broker: draw(brokers, sender.random()).id, channel: topic }],
  }),
} satisfies Strategy;
