import { io, type Socket } from 'socket.io-client';
import { mintToken } from '../../src/chat/signIn.js';
import { unixMs } from '../../src/load/clock.js';
import { readPush } from '../../src/load/delivery.js';
import type { Push } from '../../src/load/driver.js';
import { openDriver } from '../../src/load/drivers.js';
import { People } from '../../src/load/people.js';
import { Recorder } from '../../src/load/recorder.js';
import { Speaker } from '../../src/load/speaker.js';
import { Latency } from '../../src/measure/latency.js';
import { socketName } from '../../src/measure/ledger.js';
import { userId } from '../../src/plan/placement.js';
import { planOf } from '../../src/plan/plan.js';
import { loadScenario } from '../../src/plan/scenarios.js';
import { loadStrategy } from '../../src/plan/strategies.js';
import type { DriverName, Plan, Saying } from '../../src/plan/types.js';

/** Something that makes a load. */
export interface Generator {
  connect(): Promise<void>;
  say(action: Saying, intendedMs: number, answered: () => void): void;
  lag?(): Lag;
}

/** How late messages were sent: actual - intended, ms. */
export interface Lag {
  readonly p50: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly most: number | null;
}

export interface Load {
  readonly url: string;
  readonly users: number;
  readonly rate: number;
  readonly seconds: number;
}

const tokenKey = Buffer.alloc(32, 7).toString('base64url');

/** A load worker of bench, with its ledger and its histograms; only its schedule is the caller's. */
export async function workerOf(driver: DriverName, load: Load): Promise<Generator> {
  const plan = await planFor(driver, load);
  const { bytes } = plan.size;
  const recorder = new Recorder(plan, unixMs);
  const witness = {
    connected: recorder.connected.bind(recorder),
    disconnectAsked: recorder.disconnectAsked.bind(recorder),
    hooks: (user: number, _socket: unknown, node: number) => {
      const socket = socketName(userId(user), '0');
      return {
        pushed: (event: Push, delivery: unknown) => {
          const pushed = event === 'status' ? undefined : readPush(event, delivery, bytes);
          if (pushed?.push === 'said') recorder.received(user, 0, node, pushed.said);
          else recorder.stray(socket);
        },
        cut: (reason: string) => recorder.cut(socket, reason),
      };
    },
  };
  const workerPlan = { plan, secrets: { tokenKey }, shard: 0, of: 1, nodes: [load.url], clockAheadMs: 0 };
  const people = new People(workerPlan, openDriver(driver), witness, unixMs);
  const speaker = new Speaker(people, recorder, bytes, unixMs);
  return {
    connect: () => people.connect(),
    say: (action, intendedMs, answered) => speaker.say(action, intendedMs, answered),
    lag: () => lagOf(Latency.fromBytes(recorder.figures(0).latency.generatorLag)),
  };
}

function lagOf(latency: Latency): Lag {
  return { p50: latency.quantileMs(0.5), p99: latency.quantileMs(0.99), p999: latency.quantileMs(0.999), most: latency.maxMs };
}

/** The official client and nothing else: no ledger, no histogram, no check of what comes. */
export function bareClients({ url, users }: Load): Generator {
  const sockets: Socket[] = [];
  const text = ''.padEnd(64, '.');
  let received = 0;
  const connect = async (user: number) => {
    const token = await mintToken(userId(user), '0', tokenKey);
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token } });
    socket.on('message', () => received++);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    sockets[user] = socket;
  };
  return {
    connect: async () => {
      for (let user = 0; user < users; user += 50) {
        await Promise.all(Array.from({ length: Math.min(50, users - user) }, (_, index) => connect(user + index)));
      }
    },
    say: (action, _intendedMs, answered) => {
      const to = action.do === 'message' ? userId(action.to) : '';
      sockets[action.user]?.emit('message', { to, text }, answered);
    },
  };
}

export async function planFor(driver: DriverName, { users, rate, seconds }: Load): Promise<Plan> {
  return planOf({
    strategy: await loadStrategy({ name: 'single-server', file: null }),
    strategyFile: null,
    options: {},
    scenario: await loadScenario('direct'),
    sizeName: 'full',
    size: { nodes: 1, brokers: 1, users, ratePerSecond: rate, seconds, bytes: 64 },
    rooms: 'members',
    seed: 1,
    run: 'benchload',
    workers: 1,
    driver,
    attach: { brokers: null, store: null },
    command: 'npm run bench:load',
  });
}
