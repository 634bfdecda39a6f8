/**
 * How fast a simulation counts and what it keeps, against the target: 10,000 nodes, 1,000 brokers, 1,000,000 users and 1,000,000 messages of
 * `hashed` in 60 s and 4 GB on one core. `npm run bench:sim` plays a tenth of that, `npm run bench:sim -- --full` all of it.
 */
import { planOf } from '../src/plan/plan.js';
import { loadScenario } from '../src/plan/scenarios.js';
import { loadStrategy } from '../src/plan/strategies.js';
import type { Plan } from '../src/plan/types.js';
import { runSimulated } from '../src/run/simulated.js';

const target = { nodes: 10_000, brokers: 1_000, users: 1_000_000, messages: 1_000_000, seconds: 60, gigabytes: 4 };
const loadSeconds = 10;

interface Measurement {
  readonly nodes: number;
  readonly brokers: number;
  readonly users: number;
  readonly messages: number;
  readonly wallSeconds: number;
  /** Of all threads: the collector of garbage has some of its own. */
  readonly cpuSeconds: number;
  readonly messagesPerCpuSecond: number;
  readonly peakBytes: number;
  readonly bytesPerUser: number;
  /** Of what the target allows a run of this size; 1 is just met. */
  readonly ofTarget: { readonly time: number; readonly memory: number };
  readonly node: string;
}

async function planFor(share: number): Promise<Plan> {
  const strategy = await loadStrategy({ name: 'hashed', file: null });
  const size = {
    nodes: target.nodes * share,
    brokers: target.brokers * share,
    users: target.users * share,
    ratePerSecond: (target.messages * share) / loadSeconds,
    seconds: loadSeconds,
    bytes: 128,
  };
  return planOf({
    strategy,
    strategyFile: null,
    options: {},
    scenario: await loadScenario('direct'),
    sizeName: 'smoke',
    size,
    rooms: 'members',
    seed: 1,
    run: 'bench',
    workers: 1,
    warmUpSeconds: 0,
    hopLatency: { distribution: 'constant', ms: 0.2 },
    attach: { brokers: null, store: null },
    command: 'npm run bench:sim',
  });
}

async function measure(share: number): Promise<Measurement> {
  const plan = await planFor(share);
  const [startMs, before] = [performance.now(), process.cpuUsage()];
  const { counts } = await runSimulated(plan, { signal: new AbortController().signal, progress: () => {}, warn: () => {} });
  const { user, system } = process.cpuUsage(before);
  const [wallSeconds, cpuSeconds] = [(performance.now() - startMs) / 1000, (user + system) / 1e6];
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  if (counts.delivered !== counts.sent || counts.sent !== target.messages * share)
    throw new Error(`not all was delivered: ${JSON.stringify(counts)}`);
  const { nodes, brokers, users } = plan.size;
  return {
    ...{ nodes, brokers, users, messages: counts.sent },
    ...{ wallSeconds, cpuSeconds, messagesPerCpuSecond: counts.sent / cpuSeconds },
    ...{ peakBytes, bytesPerUser: peakBytes / users },
    ofTarget: { time: cpuSeconds / (target.seconds * share), memory: peakBytes / (target.gigabytes * 2 ** 30 * share) },
    node: process.version,
  };
}

function words({
  nodes,
  brokers,
  users,
  messages,
  wallSeconds,
  cpuSeconds,
  messagesPerCpuSecond,
  peakBytes,
  bytesPerUser,
  ofTarget,
}: Measurement) {
  return `hashed: ${nodes} nodes, ${brokers} Redis, ${users} users, ${messages} messages
  time      ${cpuSeconds.toFixed(1)} s of CPU (${wallSeconds.toFixed(1)} s by the clock), ${messagesPerCpuSecond.toFixed(0)} messages per second of one core: ${ofTarget.time.toFixed(2)} of the target
  memory    ${(peakBytes / 2 ** 20).toFixed(0)} MB at most, ${bytesPerUser.toFixed(0)} bytes per virtual user: ${ofTarget.memory.toFixed(2)} of the target
`;
}

const measured = await measure(process.argv.includes('--full') ? 1 : 0.1);
process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(measured, null, 2)}\n` : words(measured));
