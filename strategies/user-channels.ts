import { redises, type Strategy } from '../src/routing/index.js';

/** A channel per topic: only nodes that want a message get it. */
export default {
  name: 'user-channels',
  title: 'One Redis, a channel per user',
  summary: "A node listens to the channel of each of its users on one Redis; a message goes to the recipient's channel.",
  claim: 'A node gets only the messages it wants; the memory of Redis and the cost of subscribing and unsubscribing grow.',
  when: {
    use: 'When one Redis carries the messages, and nodes are to get only what their users want: the smallest step away from one channel for all.',
    avoid: 'When users come and go faster than one Redis can subscribe, or when it must not be the only one.',
  },
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: redises,
  route: ({ brokers }) => ({
    subscribe: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
    publish: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
  }),
} satisfies Strategy;
