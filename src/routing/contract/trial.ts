import { draw, draws } from '../hash.js';
import type { NodeId, Options, Size, Strategy, Topic, Topology } from '../types.js';

/** A size and options to try a strategy with, before it was asked whether it can run them. */
export interface Attempt {
  readonly size: Size;
  readonly options: Options;
  /** `n1`, `n2`, ... or anything else that an id may be. */
  readonly plainNames: boolean;
  readonly seed: number;
}

/** What a strategy is tried on. Everything in it is frozen. */
export interface Trial {
  readonly size: Size;
  readonly options: Options;
  readonly topology: Topology;
  /** Which nodes want which topic. */
  readonly wanted: ReadonlyMap<Topic, readonly NodeId[]>;
  readonly seed: number;
  nodeName(index: number): NodeId;
}

/** Attempts from the small to the large, so that the first that fails is easy to read. */
export function attempts(options: Options = {}, count: number, random: () => number): Attempt[] {
  const made = Array.from({ length: count }, () => attempt(options, random));
  return made.sort((one, other) => weight(one.size) - weight(other.size));
}

function weight({ nodes, brokers }: Size): number {
  return nodes + brokers;
}

function attempt(options: Options, random: () => number): Attempt {
  const upTo = (largest: number) => Math.floor(random() * (largest + 1));
  const size = {
    nodes: 1 + upTo(11),
    brokers: 1 + upTo(8),
    users: 1 + upTo(999),
    ratePerSecond: 1 + upTo(999),
    seconds: 1 + upTo(59),
    bytes: 1 + upTo(999),
  };
  return frozen({ size, options: varied(options, random), plainNames: random() < 0.5, seed: upTo(2 ** 31) });
}

/** Half of the times the defaults; else whole numbers up to 2 off, and other numbers up to a half more or less. */
function varied(options: Options, random: () => number): Options {
  if (random() < 0.5) return options;
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, Number.isInteger(value) ? Math.max(value - 2 + Math.floor(random() * 5), 1) : value * (0.5 + random())];
    }),
  );
}

/** What the strategy makes of an attempt. A strategy refuses options with a RangeError; its own defaults take their place. */
export function fitted(strategy: Strategy, { size, options }: Attempt): { size: Size; options: Options } {
  if (strategy.fit === undefined) return { size, options };
  try {
    return frozen({ size: strategy.fit(size, options), options });
  } catch (error) {
    const defaults = frozen({ ...strategy.options });
    if (!(error instanceof RangeError) || JSON.stringify(options) === JSON.stringify(defaults)) throw error;
    return frozen({ size: strategy.fit(size, defaults), options: defaults });
  }
}

export function trialOf(strategy: Strategy, attempt: Attempt): Trial {
  const { size, options } = fitted(strategy, attempt);
  const nodeName = (index: number) => (attempt.plainNames ? `n${index + 1}` : oddName(attempt.seed, index));
  const nodes = Array.from({ length: size.nodes }, (_, index) => nodeName(index));
  const topology = frozen({ version: 1, nodes, brokers: strategy.brokers(size) });
  return { size, options, topology, wanted: wantedTopics(nodes, draws('wanted', attempt.seed)), seed: attempt.seed, nodeName };
}

function oddName(seed: number, index: number): NodeId {
  return `_${seed.toString(36)}-${index}`;
}

/** Topics of every letter: some that nobody wants, some that everybody wants, and the nodes' own. */
function wantedTopics(nodes: readonly NodeId[], random: () => number): Map<Topic, readonly NodeId[]> {
  const name = () => Math.floor(random() * 36 ** 5).toString(36);
  const some = () => nodes.filter(() => random() < 0.4);
  return new Map<Topic, readonly NodeId[]>([
    [`u:${name()}`, [draw(nodes, random())]],
    [`u:${name()}-`, some()],
    [`u:${name()}_`, []],
    [`r:${name()}`, nodes],
    [`r:${name()}-`, some()],
    [`s:${name()}`, some()],
    ...nodes.slice(0, 2).map((node): [Topic, readonly NodeId[]] => [`n:${node}`, [node]]),
  ]);
}

/** Frozen all the way down, so that a strategy that changes its arguments fails. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

export function describe({ size, options }: Attempt): string {
  const given = Object.entries(options).map(([name, value]) => `, ${name}=${value}`);
  return `asked for ${size.nodes} nodes and ${size.brokers} brokers${given.join('')}`;
}
