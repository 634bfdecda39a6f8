import {
  type Action,
  another,
  arrivals,
  below,
  type Coming,
  inOrder,
  type Random,
  type Scenario,
  type Size,
  usage,
} from '../src/plan/index.js';

interface Options extends Record<string, number> {
  /** The node whose users are cut off, from 1 on. */
  node: number;
  /** Each comes back at a random moment within so many seconds; 0: all at once. */
  jitter: number;
}

/** When everyone is cut off, as a share of the duration, and how long a client takes to notice. */
const cutAfter = 0.3;
const noticedMs = 100;

function* actions(size: Size, random: Random, _rooms: unknown, { node, jitter }: Options): Iterable<Action> {
  check(size, node, jitter);
  const stormed = Array.from({ length: size.users }, (_, user) => user).filter((user) => user % size.nodes === node - 1);
  const cutMs = cutAfter * size.seconds * 1000;
  const leave = stormed.map((user): Coming => ({ do: 'disconnect', atMs: cutMs, user, device: 0 }));
  const back = stormed.map((user): Coming => ({ do: 'connect', atMs: cutMs + noticedMs + 1000 * jitter * random(), user, device: 0 }));
  yield* inOrder([...leave, ...back], messages(size, random, node));
}

/** From everyone else, to everyone: also to those who are just away. */
function* messages({ users, nodes, ratePerSecond, seconds }: Size, random: Random, node: number): Iterable<Action> {
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const drawn = below(users, random);
    const user = drawn % nodes !== node - 1 ? drawn : (drawn + 1) % users;
    yield { do: 'message', atMs, user, to: another(user, users, random) };
  }
}

function check({ nodes, users, seconds }: Size, node: number, jitter: number): void {
  if (nodes < 2 || users < 2 * nodes)
    throw usage(
      `scenario reconnect-storm needs 2 nodes with 2 users each, not ${nodes} with ${users} users: others go on meanwhile; raise --nodes or --users`,
    );
  if (!Number.isInteger(node) || node < 1 || node > nodes)
    throw usage(`scenario reconnect-storm: node must be from 1 to ${nodes}, not ${node}; e.g. --set node=1`);
  const most = seconds * (1 - cutAfter) - noticedMs / 1000;
  if (!(jitter >= 0 && jitter <= most))
    throw usage(
      `scenario reconnect-storm: jitter must be from 0 to ${most.toFixed(1)} s, so that all are back before the end, not ${jitter}; lower it or raise --duration`,
    );
}

export default {
  name: 'reconnect-storm',
  title: 'Reconnect storm',
  summary: 'Everyone of one node loses the connection in one moment and comes back, while all others go on writing.',
  question: 'How long until everyone is back, and what do the others feel of it?',
  answeredBy: ['findings.comings.allBackMs', 'findings.comings.connectMs', 'latencyMs.response.all', 'counts.lost'],
  does: ['connect', 'disconnect'],
  options: { node: 1, jitter: 0 },
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 200, ratePerSecond: 200, seconds: 2, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 4000, ratePerSecond: 1000, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, failedConnects: 0, uncertainShare: 0.25 },
  actions,
} satisfies Scenario<Options>;
