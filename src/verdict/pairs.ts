/** What one run of a side cost and how fast it was; null: a source did not say. */
export interface SideCost {
  /** CPU microseconds per delivered message. */
  readonly nodeUs: number | null;
  readonly brokerUs: number | null;
  readonly responseMsP99: number | null;
  readonly deliveredPerSecond: number | null;
}

/** Base and head, played at the same time. */
export interface Pair {
  readonly strategy: string;
  /** Which was started first; pairs take turns, A B B A, since the second one has company while it starts. */
  readonly first: 'base' | 'head';
  readonly base: SideCost;
  readonly head: SideCost;
}

/** What is compared: each as a figure of which more is worse. */
export const comparedCosts = {
  system: ({ nodeUs, brokerUs }: SideCost) => (nodeUs === null ? null : nodeUs + (brokerUs ?? 0)),
  node: ({ nodeUs }: SideCost) => nodeUs,
  broker: ({ brokerUs }: SideCost) => brokerUs,
  p99: ({ responseMsP99 }: SideCost) => responseMsP99,
  'time per message': ({ deliveredPerSecond }: SideCost) => (deliveredPerSecond === null ? null : 1e6 / deliveredPerSecond),
} as const satisfies Readonly<Record<string, (cost: SideCost) => number | null>>;

export type CostFigure = keyof typeof comparedCosts;

/** Head by base, pair by pair; nothing of a pair in which a side does not say, or has nothing to divide by. */
export function ratiosOf(pairs: readonly Pair[], figure: CostFigure): readonly number[] {
  const of = comparedCosts[figure];
  return pairs.flatMap(({ base, head }) => {
    const [left, right] = [of(base), of(head)];
    return left === null || right === null || left <= 0 || right <= 0 ? [] : [right / left];
  });
}
