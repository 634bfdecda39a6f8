import type { Plan } from '../../plan/types.js';

/** A small plan for tests of the load: 2 nodes, 20 users, 100 messages in half a second. */
export function testPlan(changes: Partial<Pick<Plan, 'scenario' | 'size' | 'warmUpSeconds' | 'seed' | 'timing' | 'driver'>> = {}): Plan {
  return {
    schema: 1,
    run: 'test',
    seed: 7,
    strategy: { name: 'hashed', file: null, options: {} },
    scenario: 'direct',
    sizeName: 'smoke',
    size: { nodes: 2, brokers: 0, users: 20, ratePerSecond: 200, seconds: 0.5, bytes: 64 },
    warmUpSeconds: 0.2,
    rooms: 'members',
    workers: 1,
    driver: 'raw',
    engine: 'fast',
    topology: { version: 1, nodes: ['n1', 'n2'], brokers: [] },
    attach: { brokers: null, store: null },
    chatLimits: {
      payloadBytes: 1e5,
      eventsPerSecond: 1e4,
      eventsBurst: 1e4,
      unsentBytes: 1e6,
      queuedMessages: 1e4,
      queuedBytes: 1e6,
      membersMax: 5_000,
      watchedMax: 1_000,
    },
    limits: { lost: 0, duplicated: 0, misdelivered: 0 },
    timing: { leaseMs: 2000, graceMs: 1000, drainMs: 5000, setUpMs: 20_000 },
    changed: [],
    command: '',
    ...changes,
  };
}
