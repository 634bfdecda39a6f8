import type { Strategy } from '../src/routing/index.js';

/** One program in the middle, which knows who wants what and hands on only that. */
export default {
  name: 'single-bus',
  title: 'One bus',
  summary: "Nodes listen to their users' channels at the one bus, and every message goes there.",
  claim: 'It works, but the bus is the ceiling.',
  when: {
    use: 'For learning, or when one small program in the middle is enough.',
    avoid: 'When it must not be the ceiling, or the end of everything.',
  },
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'bus', kind: 'hub' }],
  route: () => ({
    subscribe: (topic) => [{ broker: 'bus', channel: topic }],
    publish: (topic) => [{ broker: 'bus', channel: topic }],
  }),
} satisfies Strategy;
