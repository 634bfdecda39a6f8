import { resized } from '../../plan/resized.js';
import type { Scenario } from '../../plan/types.js';
import type { Size, Strategy } from '../../routing/types.js';
import { handledPer } from './handledPer.js';
import { type Effort, modelOf } from './model.js';
import { recordOf } from './record.js';
import { type ModelPlan, subjectOf } from './subject.js';

/** What a strategy would cost at a size: the figures of `bench predict` that a reader turns over first. */
export interface Outlook {
  /** What the strategy made of the size. */
  readonly size: Size;
  /** Messages per second that one node puts to others and gets from them. */
  readonly nodeLoad: number;
  /** Messages per second that one broker of the busiest kind takes in, hands out and hands on; null: there is none. */
  readonly brokerLoad: number | null;
  readonly amplification: number | null;
  /** Brokers and other nodes that one node must be connected to. */
  readonly connectionsPerNode: number;
  /** Addresses that one node listens at. */
  readonly subscriptionsPerNode: number;
}

/** A plan as far as a model of it at any size goes. */
export type OutlookPlan = Omit<ModelPlan, 'topology'>;

export const outlookFigures = ['nodeLoad', 'brokerLoad', 'amplification', 'connectionsPerNode', 'subscriptionsPerNode'] as const;
export type OutlookFigure = (typeof outlookFigures)[number];

/** Of what a page computes while somebody moves a slider: a tenth of what bench predict looks at, which at the size of a usual run is all of it. */
const pageEffort: Effort = { walkedMost: 200_000, sampledTopics: 600 };

export function outlookOf(plan: OutlookPlan, strategy: Strategy, scenario: Scenario, asked: Size = plan.size): Outlook {
  const subject = subjectOf(resized(plan, strategy, asked), strategy, scenario);
  const model = modelOf(subject, pageEffort);
  const { perNode, perBroker, links, subscriptions } = recordOf(model, subject, []);
  const { size } = subject.plan;
  const brokers = Object.values(perBroker).map(({ in: taken, out, relayed }) => taken.mean + out.mean + relayed.mean);
  return {
    size,
    nodeLoad: (perNode.published.mean + perNode.received.mean) / size.seconds,
    brokerLoad: brokers.length === 0 ? null : Math.max(...brokers) / size.seconds,
    amplification: handledPer(model, subject),
    connectionsPerNode: links.perNode,
    subscriptionsPerNode: Object.values(subscriptions).reduce((sum, count) => sum + count, 0),
  };
}
