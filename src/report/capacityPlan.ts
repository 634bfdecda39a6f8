import type { ShownCalibration } from './terminal/calibration.js';

/** One strategy at the size that carries the load. Shares are of one core, of one process. */
export interface PlannedStrategy {
  readonly strategy: string;
  /** What serves the clients of its nodes. */
  readonly engine: string;
  readonly nodes: number;
  readonly brokers: number;
  /** How many of these only keep a directory. */
  readonly directories: number;
  readonly kinds: readonly string[];
  readonly cores: number;
  /** `busyShare`: without what it takes to be there. */
  readonly node: { readonly share: number; readonly busyShare: number; readonly memoryBytes: number };
  readonly broker: { readonly share: number; readonly memoryBytes: number } | null;
  readonly allowed: number;
  readonly saturatesFirst: string;
  readonly connectionsPerBroker: number;
  readonly subscriptionsPerBroker: number;
  readonly lostShare: number | null;
  readonly wastedShare: number;
  /** What was never measured, and what stands for it; null: nothing does, and it counts at what it takes at least. */
  readonly uncalibrated: readonly {
    readonly name: string;
    readonly of: 'cpu' | 'memory';
    readonly countedAs: string | null;
  }[];
  /** What a million more users need; null: they are too many. */
  readonly millionMore: { readonly nodes: number; readonly brokers: number; readonly cores: number } | null;
}

/** The answer of `bench plan`, and its JSON. */
export interface CapacityPlan {
  readonly schema: 1;
  readonly users: number;
  readonly ratePerUser: number;
  readonly workload: string;
  readonly demands: {
    readonly utilisation: number;
    readonly connectionsPerNode: number;
    readonly nodesLeast: number;
    readonly responseMsP99: number | null;
  };
  readonly calibration: Pick<ShownCalibration, 'madeAt' | 'environment' | 'runs'> & {
    readonly where: string;
    readonly ageDays: number;
    /** Counted at a least cost: the runs did not tell it apart from less. */
    readonly assumed: readonly string[];
  };
  readonly strategies: readonly PlannedStrategy[];
  readonly impossible: readonly { readonly strategy: string; readonly why: string }[];
  readonly advice: { readonly strategy: string; readonly reasons: readonly string[] } | null;
  /**
   * The strategy to take with other numbers of users; what the article's winner, `hashed`, would use there, in cores; and whether that
   * is the same within what a calibration can tell.
   */
  readonly winners: readonly {
    readonly users: number;
    readonly strategy: string | null;
    readonly hashed: number | null;
    readonly hashedAlike: boolean;
  }[];
}

/** `redis-sharded counted as redis; memory of rabbitmq counted as redis`, each once. */
export function substitutesInWords(
  strategies: readonly PlannedStrategy[],
  { memoryOf, countedAs, countedAtLeast }: Readonly<Record<'memoryOf' | 'countedAs' | 'countedAtLeast', string>>,
): string {
  const words = strategies.flatMap(({ uncalibrated }) =>
    uncalibrated.map(({ name, of, countedAs: other }) => {
      const what = of === 'memory' ? `${memoryOf} ${name}` : name;
      return other === null ? `${what} ${countedAtLeast}` : `${what} ${countedAs} ${other}`;
    }),
  );
  return [...new Set(words)].join('; ');
}
