import { hash } from '../hash.js';
import { keyOf } from '../listening.js';
import type { Address, NodeId, Routing, Sender, Topic } from '../types.js';

/** More draws than this for one message is a loop that need not end. */
const mostDraws = 64;
const justUnderOne = 1 - 2 ** -32;

/** Values of which at least one falls into each of `parts` equal parts of [0, 1), and both of its ends. */
export function drawValues(parts: number): readonly number[] {
  return [0, ...Array.from({ length: parts }, (_, index) => (index + 0.5) / parts), justUnderOne];
}

/**
 * Every sequence of draws that a call can make: all pairs of values for its first two draws, one value for each further.
 * A call that draws nothing has one sequence, the empty one.
 */
export function* everyDraw(call: (random: () => number) => unknown, values: readonly number[]): Iterable<readonly number[]> {
  const open: (readonly number[])[] = [[]];
  for (let drawn = open.pop(); drawn !== undefined; drawn = open.pop()) {
    if (!drawsBeyond(call, drawn)) yield drawn;
    else for (const value of nextValues(values, drawn)) open.push([...drawn, value]);
  }
}

function nextValues(values: readonly number[], drawn: readonly number[]): readonly number[] {
  if (drawn.length < 2) return values;
  const index = hash(drawn.join(' ')) % values.length;
  return values.slice(index, index + 1);
}

function drawsBeyond(call: (random: () => number) => unknown, drawn: readonly number[]): boolean {
  let count = 0;
  call(limited(() => drawn[count++] ?? 0.5));
  return count > drawn.length;
}

/** The same draws, as long as they are few. */
function limited(random: () => number): () => number {
  let count = 0;
  return () => {
    if (++count > mostDraws) throw new Error(`publish() made over ${mostDraws} draws for one message`);
    return random();
  };
}

/** A sender as a strategy sees it: it cannot change it, and it cannot draw for ever. */
export function senderOn(node: NodeId, random: () => number, known: readonly Address[] = []): Sender {
  return Object.freeze({ node, known: Object.freeze([...known]), random: limited(random) });
}

/** What a directory answers while these nodes listen; nothing where the topic has none. */
export function knownOf(routing: Routing, topic: Topic, listeners: readonly NodeId[]): readonly Address[] {
  if ((routing.directory?.(topic) ?? []).length === 0) return [];
  const addresses = listeners.flatMap((node) => routing.subscribe(topic, node));
  return [...new Map(addresses.map((address) => [keyOf(address), address])).values()];
}

/** A routing whose draws are said beforehand; they restart with every topic, as a node's do. */
export class Script {
  draws: readonly number[] = [];

  over(routing: Routing): Routing {
    return {
      ...routing,
      publish: (topic, { node, known }) => {
        let count = 0;
        return routing.publish(
          topic,
          senderOn(node, () => this.draws[count++] ?? 0.5, known),
        );
      },
    };
  }
}
