import {
  type Action,
  arrivals,
  below,
  type Coming,
  crowdOf,
  inOrder,
  type Random,
  type Scenario,
  type Size,
  weighted,
} from '../src/plan/index.js';

interface Options extends Record<string, number> {
  /** How long a user who comes and goes stays away, and stays, on the average. */
  awaySeconds: number;
  staySeconds: number;
}

/** How many a watcher watches at a time. */
const watchedAtOnce = 3;

function* actions(size: Size, random: Random, _rooms: unknown, options: Options): Iterable<Action> {
  const { stayers, goers } = crowdOf(size, 'presence');
  const comings = goers.flatMap((user) => [...comingsOf(user, size, random, options)]);
  yield* inOrder(comings, questions(size, random, stayers, goers));
}

/** In turns online and away, each for a random time; nobody is away for less than a quarter of the average. */
function* comingsOf(user: number, { seconds }: Size, random: Random, { awaySeconds, staySeconds }: Options): Iterable<Coming> {
  let atMs = 0;
  for (let online = true; ; online = !online) {
    atMs += 1000 * (online ? staySeconds : awaySeconds) * (0.25 + 1.5 * random());
    if (atMs > seconds * 1000) return;
    yield { do: online ? 'disconnect' : 'connect', atMs, user, device: 0 };
  }
}

/** Half of what is done are questions; the rest is watching, and what people say to each other meanwhile. */
function* questions(size: Size, random: Random, stayers: readonly number[], goers: readonly number[]): Iterable<Action> {
  const { users, ratePerSecond, seconds } = size;
  const draw = weighted([50, 20, 30]);
  const watched = new Map<number, readonly number[]>();
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const [what, place] = [draw(random), below(stayers.length, random)];
    const user = stayers[place] ?? 0;
    if (what === 0) yield { do: 'ask', atMs, user, about: below(users, random) };
    else if (what === 1) yield watching(atMs, user, watched, goers, random);
    else yield { do: 'message', atMs, user, to: stayers[(place + 1 + below(stayers.length - 1, random)) % stayers.length] ?? 0 };
  }
}

/** Whoever watches some stops, whoever does not begins. */
function watching(atMs: number, user: number, watched: Map<number, readonly number[]>, goers: readonly number[], random: Random): Action {
  const before = watched.get(user);
  if (before !== undefined) {
    watched.delete(user);
    return { do: 'unwatch', atMs, user, others: before };
  }
  const others = [...new Set(Array.from({ length: watchedAtOnce }, () => goers[below(goers.length, random)] ?? 0))];
  watched.set(user, others);
  return { do: 'watch', atMs, user, others };
}

export default {
  name: 'presence',
  title: 'Presence',
  summary: 'Half of the users come and go; the others ask who is online, watch some of them, and write to each other.',
  question: 'Is the answer to "who is online" right, how long does it take, and how late is a change told?',
  answeredBy: ['findings.presence.wrong', 'findings.presence.answers', 'findings.presence.latencyMs.online', 'findings.presence.toldMs'],
  does: ['connect', 'disconnect', 'ask', 'watch', 'unwatch'],
  options: { awaySeconds: 1.5, staySeconds: 1.5 },
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 80, ratePerSecond: 150, seconds: 4, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 800, ratePerSecond: 600, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, failedConnects: 0, wrongAnswers: 0 },
  actions,
} satisfies Scenario<Options>;
