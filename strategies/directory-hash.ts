import { byDirectory, meshAddress, pick, type Strategy } from '../src/routing/index.js';

/** Nodes speak straight to each other; each remembers for its share of the topics which nodes want them. */
export default {
  name: 'directory-hash',
  title: 'Mesh, directory by hash',
  summary: "A topic's hash names the node that remembers which nodes want it; a sender asks that one, then sends straight to them.",
  when: {
    use: 'When nodes shall do without any broker, and no single directory may be the ceiling.',
    avoid: 'When nodes come and go often: the directory moves with them.',
  },
  mesh: true,
  fit: (size) => ({ ...size, brokers: 0 }),
  brokers: () => [],
  route: ({ nodes }) => byDirectory(meshAddress, (topic) => [pick(nodes, topic)]),
} satisfies Strategy;
