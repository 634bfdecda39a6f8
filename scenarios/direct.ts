import { directMessages, type Scenario } from '../src/plan/index.js';

export default {
  name: 'direct',
  title: 'Direct messages',
  summary: 'Random users write to random other users.',
  question: 'What does one message to one person cost?',
  answeredBy: ['amplification', 'costUsPerDelivered', 'latencyMs.response.all'],
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 100, ratePerSecond: 200, seconds: 3, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 1000, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  actions: (size, random) => directMessages('direct', size, random),
} satisfies Scenario;
