import { draws } from '../hash.js';
import type { NodeId, Routing, Strategy, Topic } from '../types.js';
import { knownOf, senderOn } from './everyDraw.js';
import { same } from './shape.js';
import { frozen, type Trial } from './trial.js';

interface Question {
  readonly call: 'subscribe' | 'directory' | 'publish';
  readonly topic: Topic;
  readonly node: NodeId;
}

/** The same question gets the same answer: asked again, in another order, of a routing made from equal arguments, and of the strategy loaded anew. */
export function* checkSameAnswers(strategy: Strategy, twin: Strategy, trial: Trial): Iterable<string> {
  const questions = questionsOf(trial);
  const first = routingOf(strategy, trial);
  const answers = questions.map((question) => ask(first, question));
  const backwards = questions.toReversed();
  for (const [routing, when] of [
    [first, 'asked again in another order'],
    [routingOf(strategy, trial), 'asked of a second routing for an equal topology'],
    [routingOf(twin, trial), 'asked of the same file loaded once more'],
  ] as const) {
    const again = backwards.map((question) => ask(routing, question)).toReversed();
    const index = again.findIndex((answer, at) => !same(answer, answers[at]));
    const question = questions[index];
    if (question !== undefined) yield different(question, when, answers[index], again[index]);
  }
}

function questionsOf({ topology, wanted }: Trial): Question[] {
  return (['subscribe', 'directory', 'publish'] as const).flatMap((call) =>
    topology.nodes.flatMap((node) => [...wanted.keys()].map((topic) => ({ call, topic, node }))),
  );
}

function routingOf(strategy: Strategy, { topology, options }: Trial): Routing {
  return strategy.route(frozen(structuredClone(topology)), frozen(structuredClone(options)));
}

function ask(routing: Routing, { call, topic, node }: Question) {
  if (call === 'subscribe') return routing.subscribe(topic, node);
  if (call === 'directory') return routing.directory?.(topic);
  return routing.publish(topic, senderOn(node, draws(`${topic} ${node}`, 1), knownOf(routing, topic, [node])));
}

function different({ call, topic, node }: Question, when: string, one: unknown, other: unknown): string {
  return `${call}('${topic}') on ${node} answered ${JSON.stringify(one)} and, ${when}, ${JSON.stringify(other)}; it may depend on nothing but its arguments`;
}
