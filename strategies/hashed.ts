import { pick, redises, type Strategy } from '../src/routing/index.js';

/** Both sides know the Redis of a topic without asking anybody: its hash says it. */
export default {
  name: 'hashed',
  title: 'Redis by hash of the topic',
  summary: "A topic's hash names its Redis; nodes listen to their users' channels there, and messages go there.",
  claim: 'The winner: it scales without overhead, but changing the number of Redis needs a full restart.',
  when: {
    use: 'As the first choice for several Redis: one publish, one subscription and one delivery for each message, however many nodes and Redis there are.',
    avoid:
      'When Redis must come or go while the system runs: nearly every topic moves to another one. With `ring`, `partition-ring` or `rendezvous` few do; that is shown in routing only, since no run changes its Redis.',
  },
  brokers: redises,
  route: ({ brokers }) => ({
    subscribe: (topic) => [{ broker: pick(brokers, topic).id, channel: topic }],
    publish: (topic) => [{ broker: pick(brokers, topic).id, channel: topic }],
  }),
} satisfies Strategy;
