import { directMessages, type Scenario, usage } from '../src/plan/index.js';

interface Options extends Record<string, number> {
  /** Of each user, from 1 to 64, each on the next node. */
  devices: number;
}

function devices({ devices: each }: Options): number {
  if (Number.isInteger(each) && each >= 1 && each <= 64) return each;
  throw usage(`scenario multi-device: devices must be a whole number from 1 to 64, not ${each}; e.g. --set devices=3`);
}

export default {
  name: 'multi-device',
  title: 'Several devices',
  summary: 'Everyone is online on several devices, each on another node, and random users write to random others.',
  question: 'Does every device get each message exactly once, and what do the further devices cost?',
  answeredBy: ['counts.delivered', 'counts.duplicated', 'amplification'],
  options: { devices: 3 },
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 60, ratePerSecond: 150, seconds: 2, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 1000, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  devices,
  actions: (size, random) => directMessages('multi-device', size, random),
} satisfies Scenario<Options>;
