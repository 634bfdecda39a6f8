import { type Action, another, arrivals, below, type Random, type Scenario, type Size, usage, weighted } from '../src/plan/index.js';

interface Options extends Record<string, number> {
  /** What is done, by how often: messages over HTTP, questions over HTTP, messages over sockets. */
  posts: number;
  asks: number;
  sockets: number;
}

function* actions(
  { users, ratePerSecond, seconds }: Size,
  random: Random,
  _rooms: unknown,
  { posts, asks, sockets }: Options,
): Iterable<Action> {
  if (users < 2) throw usage(`scenario http-ingest needs at least 2 users, not ${users}: nobody writes to oneself; raise --users`);
  if (!(Math.min(posts, asks, sockets) >= 0 && posts + asks + sockets > 0))
    throw usage('scenario http-ingest: posts, asks and sockets are weights from 0 on, and one is above 0; e.g. --set posts=50');
  const draw = weighted([posts, asks, sockets]);
  for (const atMs of arrivals(Math.round(ratePerSecond * seconds), seconds * 1000, random)) {
    const [what, user] = [draw(random), below(users, random)];
    const to = another(user, users, random);
    if (what === 0) yield { do: 'http:message', atMs, user, to };
    else if (what === 1) yield { do: 'http:ask', atMs, user, about: to };
    else yield { do: 'message', atMs, user, to };
  }
}

export default {
  name: 'http-ingest',
  title: 'Messages over HTTP',
  summary: 'Requests over HTTP bring messages in and ask who is online, beside messages over sockets; everyone listens on a socket.',
  question: 'What does a message over HTTP take beside one over a socket, and is any refused?',
  answeredBy: ['findings.http.messageMs', 'findings.http.askMs', 'findings.http.statuses', 'latencyMs.response.all', 'counts.rejected'],
  does: ['http:message', 'http:ask'],
  options: { posts: 40, asks: 20, sockets: 40 },
  sizes: {
    smoke: { nodes: 4, brokers: 3, users: 80, ratePerSecond: 150, seconds: 2, bytes: 64 },
    full: { nodes: 4, brokers: 3, users: 1000, ratePerSecond: 1000, seconds: 30, bytes: 64 },
  },
  limits: { lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, wrongAnswers: 0 },
  actions,
} satisfies Scenario<Options>;
