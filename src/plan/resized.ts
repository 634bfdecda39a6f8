import type { Size, Strategy, Topology } from '../routing/types.js';
import type { Plan } from './types.js';

/** The nodes and brokers of a size that a strategy can run. */
export function topologyOf(strategy: Strategy, size: Size): Topology {
  return { version: 1, nodes: Array.from({ length: size.nodes }, (_, index) => `n${index + 1}`), brokers: strategy.brokers(size) };
}

/**
 * The same plan at another size, or at the nearest that the strategy can run: for a model of it, as nothing else follows the size.
 * Throws a RangeError where there is none.
 */
export function resized<P extends Pick<Plan, 'strategy'>>(plan: P, strategy: Strategy, asked: Size): P & Pick<Plan, 'size' | 'topology'> {
  const size = strategy.fit?.(asked, plan.strategy.options) ?? asked;
  return { ...plan, size, topology: topologyOf(strategy, size) };
}
