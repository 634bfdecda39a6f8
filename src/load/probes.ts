import { nodeIndex, userId } from '../plan/placement.js';
import type { NodeId } from '../routing/types.js';

/** A probe from the first user of one node to a user of another, or of the same. */
export interface Probe {
  readonly from: number;
  readonly to: number;
  /** `n1 -> n2`, also the text of the probe. */
  readonly pair: string;
}

/** One for every ordered pair of nodes that have users. The recipient is another user than the sender where the node has two. */
export function probesOf(nodes: readonly NodeId[], users: number): readonly Probe[] {
  const first = nodes.map((_, node) => usersOf(node, nodes.length, users));
  return first.flatMap(([from], here) =>
    first.flatMap(([to, second], there) => {
      if (from === undefined || to === undefined) return [];
      return [{ from, to: from === to ? (second ?? to) : to, pair: `${nodes[here]} -> ${nodes[there]}` }];
    }),
  );
}

/** The first two users placed at a node. */
function usersOf(node: number, nodes: number, users: number): number[] {
  const found: number[] = [];
  for (let user = 0; user < users && found.length < 2; user++) if (nodeIndex(user, 0, nodes) === node) found.push(user);
  return found;
}

/** Which of the expected probes have arrived. */
export class ProbeWatch {
  readonly #missing: Map<string, Probe>;

  constructor(expected: readonly Probe[]) {
    this.#missing = new Map(expected.map((probe) => [keyOf(userId(probe.from), userId(probe.to), probe.pair), probe]));
  }

  /** False when it is none that was expected, or comes again. */
  saw(from: string, to: string, text: string): boolean {
    return this.#missing.delete(keyOf(from, to, text));
  }

  get missing(): readonly string[] {
    return [...this.#missing.values()].map(({ pair }) => pair);
  }
}

function keyOf(from: string, to: string, pair: string): string {
  return `${from} ${to} ${pair}`;
}
