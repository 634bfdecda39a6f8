import type { Strategy, Topic } from '../src/routing/index.js';

const modes = ['static', 'dynamic', 'dynamic-private'];

/**
 * `createShardedAdapter` as published. In the mode `dynamic` it takes a room whose name has 20 characters for a socket's own and sends to all:
 * `u:` and an id of 18 characters is such a name. Counted on three nodes: such a message is handed to all three, any other to one.
 */
export default {
  name: 'adapter-sharded',
  title: 'Official sharded Redis adapter',
  summary:
    'Every node listens to one sharded channel, and in the dynamic modes to one for each room that has a socket there; a message is an emit to a room.',
  when: {
    use: 'With the stock adapter on Redis 7, when rooms are to reach only the nodes that need them.',
    avoid:
      'When a message right after a join must not be lost: the adapter does not wait until its node hears the room, and what is sent until then is lost there; a result says how long that was at most. ' +
      'Nor with ids of 18 characters in the mode `dynamic`: `u:` and such an id is a room name of 20 characters, which it takes for the id of a socket, and such a message goes to all nodes.',
  },
  options: { mode: 'dynamic' },
  rooms: ['topic'],
  fit: (size, { mode }) => {
    if (!modes.includes(mode)) throw new RangeError(`mode is one of ${modes.join(', ')}, not ${mode}`);
    return { ...size, brokers: 1 };
  },
  brokers: () => [{ id: 'r1', kind: 'redis-sharded-adapter' }],
  route: ({ brokers }, { mode }) => {
    const at = (channel: string) => brokers.map(({ id }) => ({ broker: id, channel }));
    const isForAll = (topic: Topic) => mode === 'static' || isForNodes(topic) || (mode === 'dynamic' && topic.length === 20);
    return {
      local: 'around',
      subscribe: (topic) => (mode === 'static' || isForNodes(topic) ? at('all') : [...at(topic), ...at('all')]),
      publish: (topic) => at(isForAll(topic) ? 'all' : topic),
    };
  },
} satisfies Strategy<{ mode: string }>;

/** What nodes say to each other is for no room: it goes from server to server. */
function isForNodes(topic: Topic): boolean {
  return topic.startsWith('s:') || topic.startsWith('n:');
}
