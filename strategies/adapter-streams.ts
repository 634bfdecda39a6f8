import type { Strategy } from '../src/routing/index.js';

/** `@socket.io/redis-streams-adapter` as published. What Redis hands out of a stream it does not count. */
export default {
  name: 'adapter-streams',
  title: 'Official Redis Streams adapter',
  summary: 'Every node reads one stream of one Redis from the end on; a message is an entry of it, and most nodes drop it.',
  when: {
    use: 'With the stock adapter, where Redis Streams are wanted: a node reads on from the entry it read last. What a loss of Redis then costs, nobody has measured here.',
    avoid: 'When every node reading everything is too dear.',
  },
  rooms: ['topic'],
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'r1', kind: 'redis-streams-adapter' }],
  route: ({ brokers }) => {
    const stream = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return { local: 'around', subscribe: () => stream, publish: () => stream };
  },
} satisfies Strategy;
