import { byDirectory, meshAddress, type Strategy } from '../src/routing/index.js';

/** Nodes speak straight to each other, and each knows by itself which nodes want what. */
export default {
  name: 'mesh-replicated',
  title: 'Mesh, directory everywhere',
  summary:
    'Every node tells every other what it wants, and a sender sends straight to the nodes it knows of; a node that joins copies it all.',
  claim: 'No round trip and no master, but the directory is copied everywhere.',
  when: {
    use: 'When users stay long and nodes are few: no round trip, no master.',
    avoid: 'When users come and go: every connect is told to every node.',
  },
  mesh: true,
  fit: (size) => ({ ...size, brokers: 0 }),
  brokers: () => [],
  route: ({ nodes }) => ({ ...byDirectory(meshAddress, () => nodes), directoryCopied: true }),
} satisfies Strategy;
