import type { Strategy } from '../src/routing/index.js';

/**
 * `@socket.io/cluster-adapter` as published: the chat nodes are workers of one primary on one machine.
 * Why without `@socket.io/sticky`: docs/decisions/11-adapters.md.
 */
export default {
  name: 'node-cluster',
  title: 'Node.js cluster',
  summary:
    'One primary accepts every client and hands it to a worker; a message goes to the primary, which hands it on to all other workers.',
  claim: "It scales to the machine's cores, never past it.",
  when: {
    use: 'To use all cores of one machine. It runs without `@socket.io/sticky`, with which some clients heard no answer to their connect packet: WebSocket needs none, and for long-polling the id of a session names its worker.',
    avoid: 'Beyond one machine.',
  },
  rooms: ['topic'],
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'primary', kind: 'node-cluster', echo: false }],
  route: ({ brokers }) => {
    const primary = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return { local: 'around', subscribe: () => primary, publish: () => primary };
  },
} satisfies Strategy;
