import type { Questions } from './questions.js';
import type { Model, Subject } from './subject.js';

/** How far figures of a run may be from those of the model, by their places in the result; what is exact is left out. */
export function errorsOf(model: Model, subject: Subject): Record<string, number> {
  const errors = new Map<string, number>();
  const set = (place: string, error: number) => {
    if (error > 0) errors.set(place, error);
  };
  const { estimate } = model;
  const { topology } = subject.plan;
  for (const [node, id] of topology.nodes.entries()) {
    for (const [figure, { error }] of Object.entries(estimate.nodes)) {
      for (const place of nodePlaces(figure)) set(`nodes.${id}.${place}`, error[node] ?? 0);
    }
  }
  for (const [index, id] of [...topology.brokers.map((broker) => broker.id), ...topology.nodes].entries()) {
    for (const direction of ['in', 'out'] as const) {
      set(`brokers.${id}.chat.${direction}`, estimate.brokers[direction].error[index] ?? 0);
      set(`brokers.${id}.directory.${direction}`, estimate.brokers.asked.error[index] ?? 0);
    }
  }
  for (const name of ['expected', 'delivered']) set(`counts.${name}`, estimate.deliveriesError);
  if (model.questions?.dependOnOrder) addOrder(errors, model.questions, subject);
  return Object.fromEntries(errors);
}

function nodePlaces(figure: string): readonly string[] {
  return figure === 'asked' ? ['directory.published', 'directory.received', 'directory.useful'] : [`chat.${figure}`];
}

/** Where questions that list several topics are kept, the order in which messages come decides how many there are: at least one for each place, at most one for each topic. */
function addOrder(errors: Map<string, number>, { spans }: Questions, { plan: { topology } }: Subject): void {
  const add = (place: string, error: number) => errors.set(place, (errors.get(place) ?? 0) + error);
  for (const [pair, { asked, topics }] of spans) {
    const [node, place] = pair.split(' ');
    const error = Math.max(asked - 1, topics - asked);
    for (const figure of nodePlaces('asked')) add(`nodes.${topology.nodes[Number(node)]}.${figure}`, error);
    for (const direction of ['in', 'out']) add(`brokers.${place}.directory.${direction}`, error);
  }
}
