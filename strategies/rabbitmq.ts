import type { Strategy } from '../src/routing/index.js';

/** A queue for each node, which the broker fills by routing key. */
export default {
  name: 'rabbitmq',
  title: 'RabbitMQ',
  summary:
    "One exchange of one RabbitMQ; each node has a queue, bound for each of its users' topics, and a message's routing key is its topic.",
  claim: 'Delivery guarantees cost latency.',
  when: { use: 'When RabbitMQ is there already, and its confirms are worth their latency.', avoid: 'When latency matters more.' },
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'rabbitmq', kind: 'rabbitmq' }],
  route: ({ brokers }) => ({
    subscribe: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
    publish: (topic) => brokers.map(({ id }) => ({ broker: id, channel: topic })),
  }),
} satisfies Strategy;
