import { ownerOf, redises, type Strategy, slotOf, type Topic } from '../src/routing/index.js';

/** A shard channel belongs to the primary that owns its slot. The topic is the channel's hash tag, so that its slot does not depend on the run. */
export default {
  name: 'redis-sharded',
  title: 'Redis Cluster, sharded Pub/Sub',
  summary: "A topic's slot in a Redis Cluster names the primary; nodes listen to their users' shard channels there, and messages go there.",
  when: { use: 'When Redis 7 Cluster shall do what `hashed` does by hand.', avoid: 'When standalone Redis are simpler to run.' },
  brokers: (size) => redises(size).map(({ id }) => ({ id, kind: 'redis-sharded' })),
  route: ({ brokers }) => {
    const place = (topic: Topic) => [{ broker: ownerOf(slotOf(topic), brokers).id, channel: `{${topic}}` }];
    return { subscribe: place, publish: place };
  },
} satisfies Strategy;
