import { pick, redises, type Strategy } from '../src/routing/index.js';

/** A classic channel knows no slot: an instance hands what it takes in to its own listeners and to every other instance. */
export default {
  name: 'redis-cluster',
  title: 'Redis Cluster, classic Pub/Sub',
  summary:
    "Every node listens and publishes on one channel of one instance, picked by the node's hash; the cluster copies each message to all instances.",
  claim: 'It duplicates everything to every instance: that is for reliability, not for throughput.',
  when: {
    use: 'When a Redis Cluster is there already, and messages are few.',
    avoid: 'For throughput: every instance carries every message.',
  },
  brokers: (size) => {
    const instances = redises(size);
    const others = (id: string) => instances.map((instance) => instance.id).filter((other) => other !== id);
    return instances.map(({ id }) => ({ id, kind: 'redis-cluster', relaysTo: others(id) }));
  },
  route: ({ brokers }) => {
    const place = (node: string) => [{ broker: pick(brokers, node).id, channel: 'all' }];
    return { subscribe: (_topic, node) => place(node), publish: (_topic, { node }) => place(node) };
  },
} satisfies Strategy;
