import { redises, type Strategy } from '../src/routing/index.js';

/** What the classic Socket.IO adapter does, written by hand: every node hears everything and drops what it does not want. */
export default {
  name: 'single-channel',
  title: 'One Redis, one channel',
  summary: 'Every node listens to one channel of one Redis, and every message goes there.',
  claim: 'The same as the adapter: every node gets every message and drops most of them.',
  when: {
    use: 'For two or three nodes, or traffic that is meant for everybody anyway: nothing is simpler, and no subscription ever changes.',
    avoid:
      'When most messages are for one person: each node receives all of them and throws away the more, the more nodes there are. Adding nodes adds waste and no room.',
  },
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: redises,
  route: ({ brokers }) => {
    const meeting = brokers.map(({ id }) => ({ broker: id, channel: 'all' }));
    return { subscribe: () => meeting, publish: () => meeting };
  },
} satisfies Strategy;
