import { pick, type Strategy } from '../src/routing/index.js';

/** Each topic is bound on every exchange: more of them cost bindings and spread nothing better. */
const exchangesMax = 64;

/**
 * The broker hashes, not the node. It does not say which exchange it picks, so a node is bound to all of them;
 * `publish` names one that stands for its choice: wherever the message goes, there is one copy.
 */
export default {
  name: 'rabbitmq-hash',
  title: 'RabbitMQ, consistent-hash exchange',
  summary:
    "A consistent-hash exchange in front of several direct ones in one RabbitMQ; each node's queue is bound for each of its topics on all of them, and a message takes the one that the broker picks.",
  claim: 'The broker does what hashed does by hand.',
  when: { use: 'When the broker is to spread topics by itself.', avoid: 'When bindings are many: each topic is bound on every exchange.' },
  options: { exchanges: 3 },
  fit: (size, { exchanges }) => {
    if (!Number.isInteger(exchanges) || exchanges < 1 || exchanges > exchangesMax) {
      throw new RangeError(`exchanges must be a whole number from 1 to ${exchangesMax}, not ${exchanges}`);
    }
    return { ...size, brokers: 1 };
  },
  brokers: () => [{ id: 'rabbitmq', kind: 'rabbitmq-hash' }],
  route: ({ brokers }, { exchanges }) => {
    const names = Array.from({ length: exchanges }, (_, index) => `x${index + 1}`);
    const at = (exchange: string, topic: string) => brokers.map(({ id }) => ({ broker: id, channel: `${exchange}/${topic}` }));
    return {
      subscribe: (topic) => names.flatMap((exchange) => at(exchange, topic)),
      publish: (topic) => at(pick(names, topic), topic),
    };
  },
} satisfies Strategy<{ exchanges: number }>;
