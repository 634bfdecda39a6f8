import { sampled } from './sampled.js';
import { type Model, messagesOf, type Subject, widthOf } from './subject.js';
import { walked } from './walked.js';

export interface Effort {
  /** Places looked at, at most, to walk through everything; beyond it messages are sampled. */
  readonly walkedMost: number;
  /** Topics of sampled messages. */
  readonly sampledTopics: number;
}

export const usualEffort: Effort = { walkedMost: 2_000_000, sampledTopics: 4_000 };

/** The expected loads of a plan, computed from nothing but its strategy's answers. */
export function modelOf(subject: Subject, effort: Effort = usualEffort): Model {
  return workOf(subject) <= effort.walkedMost ? walked(subject) : sampled(subject, effort);
}

/** Members of a room, as a guess at what one message costs to walk through. */
const recipientsGuessed = 8;

function workOf({ plan: { size, topology }, routing }: Subject): number {
  const { listened, put } = widthOf(routing, topology.nodes[0] ?? '');
  return size.users * (1 + listened) + messagesOf(size) * recipientsGuessed * (1 + put);
}
