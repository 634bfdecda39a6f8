import type { Strategy } from '../src/routing/index.js';

/** Nobody meets anywhere: everybody is on the one node, which publishes to itself. */
export default {
  name: 'single-server',
  title: 'One server',
  summary: 'One node serves everybody; a message never leaves it.',
  claim: 'The baseline: trivial, and it ends with the machine.',
  when: {
    use: 'For anything that one machine carries, and as the baseline that every other strategy is measured against.',
    avoid: 'When the service must outlive a machine, or one process has no CPU left: there is nothing to add a second node to.',
  },
  fixedNodes: 'It is one node by definition.',
  fit: (size) => ({ ...size, nodes: 1, brokers: 0 }),
  brokers: () => [],
  route: () => ({
    subscribe: (_topic, node) => [{ broker: node, channel: `n:${node}` }],
    publish: (_topic, { node }) => [{ broker: node, channel: `n:${node}` }],
  }),
} satisfies Strategy;
