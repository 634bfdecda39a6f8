import { directMessages, type Scenario } from '../src/plan/index.js';

export default {
  name: 'long-polling',
  title: 'Long-polling beside WebSocket',
  summary:
    'Half of the users of every node are connected by long-polling, the others by WebSocket, and random users write to random others.',
  question: 'How much later do users on long-polling get their messages than those on WebSocket?',
  answeredBy: ['findings.responseBy.websocket', 'findings.responseBy.polling', 'costUsPerDelivered'],
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 64, ratePerSecond: 100, seconds: 2, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 800, ratePerSecond: 400, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0 },
  transports: ['websocket', 'polling'],
  actions: (size, random) => directMessages('long-polling', size, random),
} satisfies Scenario;
