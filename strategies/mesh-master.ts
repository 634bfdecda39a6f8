import { byDirectory, meshAddress, type Strategy } from '../src/routing/index.js';

/** Nodes speak straight to each other; the master passes no message on, but every message asks it first. */
export default {
  name: 'mesh-master',
  title: 'Mesh with a master',
  summary: 'A master remembers which nodes want a topic; a sender asks it, then sends straight to those nodes.',
  claim: 'Direct delivery is fast, the round trip to the master is wasteful.',
  when: {
    use: 'When messages are large and must travel straight.',
    avoid: 'When a round trip for each message is too dear, or the master must not be the one that fails.',
  },
  mesh: true,
  fit: (size) => ({ ...size, brokers: 0 }),
  brokers: () => [{ id: 'master', kind: 'hub', directoryOnly: true }],
  route: () => byDirectory(meshAddress, () => ['master']),
} satisfies Strategy;
