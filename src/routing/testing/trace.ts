import type { Effect, Input, Message } from '../messages.js';
import { NodeCore } from '../nodeCore.js';
import { type Kind, kinds, type Strategy } from '../types.js';
import { directoryInput, placeEffectWords } from './directoryTrace.js';
import { addressOf, place, topicOf, topicsOf } from './traceWords.js';

/**
 * A script of a node in plain text: one input per line, `#` begins a comment, and below each input, indented, what the node does.
 *
 *   node n1 by hashed groups=2               the node and its strategy, first of all; again: a new node
 *   view 1 n1,n2 r1,r2                       version, nodes, and how many brokers the strategy is given
 *   wanted u:ann s1 · unwanted u:ann s1
 *   subscribed r1/u:ann 1                    the attempt that is confirmed
 *   said chat n1-1 u:ann,u:bob               by a client; by the node itself: answered presence n1-2 n:n2
 *   refused r1 chat · unwritten chat 1       a publish that did not happen, deliveries that were not written
 *   arrived r1/u:ann chat n2-1 by 1 for u:ann
 *   lost r1 · reconnected r1 · switch 2 · clean 2
 *   confirmed n2 3 · replied n2 4 u:ann@n3/n:n3,u:bob@n1/n:n1 · unanswered n2 5        what a place says to the attempt; no entries: nobody
 *   copyTaken n2 6 u:ann@n3/n:n3+n3+n4                                                 lines, each with the nodes that told it
 *   told n2 +u:ann@n2/n:n2 1 · told n2 -u:ann@n2/n:n2 2 · noticed n3 +u:ann@n2/n:n2 3   what is put to this node, with a number for the answer
 *   asked n2 u:ann,u:bob 4 · watched n2 u:ann 5 · copied n2 6
 *   count                                    what the node has counted so far
 */
export function play(script: string, strategies: readonly Strategy[]): string {
  const trace = new Trace(strategies);
  const inputs = script.split('\n').filter((line) => !line.startsWith(' '));
  return inputs.flatMap((line) => [line, ...trace.take(line).map((effect) => `  ${effect}`)]).join('\n');
}

type Node = NodeCore<null, string>;

class Trace {
  readonly #strategies: readonly Strategy[];
  #node: Node | undefined;
  #strategy: Strategy | undefined;

  constructor(strategies: readonly Strategy[]) {
    this.#strategies = strategies;
  }

  take(line: string): string[] {
    const [command = '', ...words] = line.split(' ');
    if (line === '' || command === '#') return [];
    if (command === 'node') return this.#start(words);
    if (this.#node === undefined || this.#strategy === undefined) throw new Error(`a trace begins with "node", not with "${line}"`);
    if (command === 'count') return countsOf(this.#node);
    return this.#node.step(inputOf(command, words, this.#strategy)).map(effectWords);
  }

  #start([node = '', , name, ...given]: readonly string[]): string[] {
    const strategy = this.#strategies.find((candidate) => candidate.name === name);
    if (strategy === undefined) throw new Error(`no strategy ${name} for a trace`);
    const options = {
      ...strategy.options,
      ...Object.fromEntries(given.map((option) => option.split('=')).map(([key, value]) => [key, Number(value)])),
    };
    this.#strategy = strategy;
    this.#node = new NodeCore({ node, seed: 7, route: (topology) => strategy.route(topology, options) });
    return [];
  }
}

function inputOf(command: string, words: readonly string[], strategy: Strategy): Input<null, string> {
  const [first = '', second = '', third = '', , fifth = '', , seventh = ''] = words;
  switch (command) {
    case 'view':
      return {
        type: 'view',
        topology: { version: Number(first), nodes: second.split(','), brokers: strategy.brokers(sizeWith(Number(third))) },
      };
    case 'wanted':
    case 'unwanted':
      return { type: command, topic: topicOf(first), socket: second };
    case 'subscribed':
      return { type: command, address: addressOf(first), attempt: Number(second) };
    case 'said':
    case 'answered':
      return {
        type: 'said',
        by: command === 'said' ? 'client' : 'node',
        kind: kindOf(first),
        id: second,
        topics: topicsOf(third),
        body: null,
        draws: second,
      };
    case 'arrived':
      return {
        type: command,
        address: addressOf(first),
        message: { kind: kindOf(second), id: third, view: Number(fifth), topics: topicsOf(seventh), body: null },
      };
    case 'refused':
      return { type: command, broker: first, kind: kindOf(second) };
    case 'unwritten':
      return { type: command, kind: kindOf(first), sockets: Number(second) };
    case 'lost':
    case 'reconnected':
      return { type: command, broker: first };
    case 'switch':
    case 'clean':
      return { type: command, version: Number(first) };
    default:
      return directoryInput(command, words);
  }
}

function sizeWith(brokers: number) {
  return { nodes: 1, brokers, users: 1, ratePerSecond: 1, seconds: 1, bytes: 1 };
}

function kindOf(text: string): Kind {
  const kind = kinds.find((candidate) => candidate === text);
  if (kind === undefined) throw new Error(`no kind of traffic "${text}"`);
  return kind;
}

function effectWords(effect: Effect<null, string>): string {
  switch (effect.type) {
    case 'subscribe':
      return `subscribe ${place(effect.address)} ${effect.attempt}`;
    case 'unsubscribe':
      return `unsubscribe ${place(effect.address)}`;
    case 'publish':
      return `publish ${place(effect.address)} ${messageWords(effect.message)}`;
    case 'deliver':
      return `deliver ${effect.topic} to ${[...effect.sockets].join(',')}: ${effect.message.kind} ${effect.message.id}`;
    case 'question':
      return `question ${effect.message.id}: ${effect.online ? 'online' : 'not here'}`;
    case 'echo':
      return `echo ${effect.message.id}`;
    case 'ready':
      return `ready ${effect.topic}`;
    case 'viewReady':
      return `viewReady ${effect.version}`;
    case 'held':
    case 'released':
    case 'rejected':
      return `${effect.type} ${effect.id}`;
    default:
      return placeEffectWords(effect);
  }
}

function messageWords({ kind, id, view, topics }: Message<null>): string {
  return `${kind} ${id} by ${view} for ${topics.join(',')}`;
}

/** Everything that is not zero. */
function countsOf(node: Node): string[] {
  const { kinds: byKind, brokers, asBroker, subscribes, unsubscribes } = node.counters;
  const nonzero = (counts: object) => Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`]));
  const kindLines = kinds.map((kind) => [kind, ...nonzero(byKind[kind])]);
  const brokerLines = [...brokers.spokenWith()].flatMap((broker) =>
    kinds.map((kind) => [`${broker} ${kind}`, ...nonzero(brokers.of(broker)[kind])]),
  );
  const servedLines = kinds.map((kind) => [`as a broker ${kind}`, ...nonzero(asBroker[kind])]);
  const listening = [['listening', ...nonzero({ subscribes, unsubscribes, ...node.subscriptions() })]];
  const told = [['told', ...nonzero(node.entries())]];
  return [...kindLines, ...brokerLines, ...servedLines, ...listening, ...told]
    .filter((words) => words.length > 1)
    .map((words) => words.join(' · '));
}
