import type { Strategy } from '../src/routing/index.js';

/** One server that knows nothing but subjects; it keeps nothing and promises nothing. */
export default {
  name: 'nats',
  title: 'NATS',
  summary: "Each topic is a subject of one NATS server; nodes listen to their users' subjects.",
  when: { use: 'When one fast server with a subject per topic is enough.', avoid: 'When a sender must know how many received.' },
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'nats', kind: 'nats' }],
  route: ({ brokers }) => ({
    subscribe: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
    publish: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
  }),
} satisfies Strategy;
