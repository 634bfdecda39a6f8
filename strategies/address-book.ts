import { byDirectory, pick, redises, type Strategy } from '../src/routing/index.js';

/** Every node has a channel of its own; the master passes no message on, but every message asks it for channels first. */
export default {
  name: 'address-book',
  title: 'Redis with an address book',
  summary:
    "A node listens to its own channel on its hash's Redis; a master remembers which channels want a topic, and a sender asks it, then publishes there.",
  claim: 'Exact addressing, at the price of one more round trip.',
  when: {
    use: 'When each node must get exactly its own messages over very few channels.',
    avoid: 'When a round trip for each message is too dear: take `node-inbox`.',
  },
  brokers: (size) => [...redises(size), { id: 'master', kind: 'hub', directoryOnly: true }],
  route: ({ brokers }) => {
    const redis = brokers.filter(({ directoryOnly }) => !directoryOnly);
    return byDirectory(
      (node) => ({ broker: pick(redis, node).id, channel: `n:${node}` }),
      () => ['master'],
    );
  },
} satisfies Strategy;
