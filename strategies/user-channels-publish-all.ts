import { pick, redises, type Strategy } from '../src/routing/index.js';

/** As publish-all, with a channel per topic: every message goes to every Redis, most of which have nobody to give it to. */
export default {
  name: 'user-channels-publish-all',
  title: 'A channel per user on one Redis, publish to all',
  summary: "A node listens to the channel of each of its users on one Redis, picked by the node's hash; a message goes to every Redis.",
  claim: 'Publishing to all again, now with selective channels: few subscriptions, but every message on every Redis.',
  when: {
    use: 'When connects are far more than messages: each user subscribes on one Redis only.',
    avoid: 'When messages are many: every Redis takes in every one of them, so more Redis carry no more messages.',
  },
  brokers: redises,
  route: ({ brokers }) => ({
    subscribe: (topic, node) => [{ broker: pick(brokers, node).id, channel: topic }],
    publish: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
  }),
} satisfies Strategy;
