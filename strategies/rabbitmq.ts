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
  route: () => ({
    subscribe: (topic) => [{ broker: 'rabbitmq', channel: topic }],
    publish: (topic) => [{ broker: 'rabbitmq', channel: topic }],
  }),
} satisfies Strategy;
