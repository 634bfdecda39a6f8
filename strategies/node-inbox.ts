import { byDirectory, pick, redises, type Strategy } from '../src/routing/index.js';

/**
 * Every node has a channel of its own, and the nodes share the directory among themselves; what was asked once is known until it changes.
 * Whatever a node has for another goes to one channel, so messages may share a command there (`batches`): routing and counts of messages stay the same.
 */
export default {
  name: 'node-inbox',
  title: 'An inbox per node',
  summary:
    "A node listens to its own channel on its hash's Redis; a topic's hash names the node that remembers who wants it, and senders keep its answers.",
  when: {
    use: 'For very many users: a subscription for each node instead of each user, and no question once the answer is kept.',
    avoid: 'When users move so often that the kept answers are always being corrected.',
  },
  mesh: true,
  brokers: (size) => redises(size).map((broker) => ({ ...broker, batches: true })),
  route: ({ nodes, brokers }) => ({
    ...byDirectory(
      (node) => ({ broker: pick(brokers, node).id, channel: `n:${node}` }),
      (topic) => [pick(nodes, topic)],
    ),
    directoryCached: true,
  }),
} satisfies Strategy;
