import type { Strategy } from '../src/routing/index.js';

/** `@socket.io/redis-adapter` as published, the id of a user as the name of a room. */
export default {
  name: 'redis-broadcast',
  title: 'Official Redis adapter',
  summary: 'Every node listens to one pattern of one Redis; a message is an emit to a room, which every node gets and most drop.',
  claim: 'Every node gets every message and drops most of them.',
  control: 'single-channel',
  when: { use: 'With the stock adapter and few nodes.', avoid: 'When most messages are for one person: every node gets every one.' },
  rooms: ['topic'],
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'r1', kind: 'redis-adapter' }],
  route: ({ brokers }) => {
    const meeting = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return { local: 'around', subscribe: () => meeting, publish: () => meeting };
  },
} satisfies Strategy;
