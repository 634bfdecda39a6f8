import { checkSameAnswers } from './contract/answers.js';
import { checkChange } from './contract/change.js';
import { checkDelivery } from './contract/delivery.js';
import { checkAddresses, checkBrokers, checkFit } from './contract/shape.js';
import { type Attempt, attempts, describe, trialOf } from './contract/trial.js';
import { draws } from './hash.js';
import { pure, purely } from './purity.js';
import type { Strategy } from './types.js';

export interface ContractSettings {
  readonly topologies?: number;
  readonly seed?: number;
  /** The same strategy loaded once more, as another process would: its answers must be the same. */
  readonly twin?: Strategy;
}

/**
 * What every strategy must hold, tried on random topologies from the small to the large: every listening node gets exactly one copy
 * for every draw, also while the topology changes; answers depend on nothing but the arguments; what it costs is what the nodes count.
 * Returns what was violated on the first topology that shows it, in words; empty: nothing.
 */
export function checkStrategy(strategy: Strategy, settings: ContractSettings = {}): readonly string[] {
  for (const violations of trials(strategy, settings)) if (violations.length > 0) return violations;
  return [];
}

/** The same, one topology after the other: for each what it violates. */
export function* trials(
  strategy: Strategy,
  { topologies = 300, seed = 1, twin = strategy }: ContractSettings = {},
): Iterable<readonly string[]> {
  const checked = { strategy: purely(strategy), twin: purely(twin) };
  for (const attempt of attempts(strategy.options, topologies, draws('topologies', seed))) {
    const violations = pure(strategy.name, 'the contract', () => violationsOf(checked, attempt));
    yield violations.map((words) => `${words} (${describe(attempt)})`);
  }
}

type Check = () => Iterable<string>;

/** The first violation of each check; a check is skipped when one before it that it builds on was violated. */
function violationsOf({ strategy, twin }: { strategy: Strategy; twin: Strategy }, attempt: Attempt): string[] {
  const shape = firstOf([() => checkFit(strategy, attempt), () => checkBrokers(strategy, attempt)]);
  if (shape.length > 0) return shape;
  const trial = trialOf(strategy, attempt);
  const addresses = firstOf([() => checkAddresses(strategy, trial)]);
  if (addresses.length > 0) return addresses;
  return firstOf([() => checkSameAnswers(strategy, twin, trial), () => checkDelivery(strategy, trial), () => checkChange(strategy, trial)]);
}

function firstOf(checks: readonly Check[]): string[] {
  return checks.flatMap((check) => {
    try {
      for (const words of check()) return [words];
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}
