import { exactFigures, type Figures, heldFigures } from '../measure/exact.js';
import type { Measured } from '../measure/result.js';
import { scenarioOf } from '../plan/scenarios.js';
import { loadStrategy } from '../plan/strategies.js';
import type { Plan } from '../plan/types.js';
import { agrees, disagreementsWithModel } from './modelled/agreement.js';
import { holdingsAtTheEnd, modelOfSayings } from './modelled/comings.js';
import { placedByTransport } from './placedByTransport.js';
import { repeatableFigures } from './repeatable.js';
import { differencesFromSimulation, summed } from './simulated/agreement.js';

/** A figure of a live run that a witness says otherwise, who never saw the run but for where a transport placed its sockets. */
export interface Contradiction {
  /** `nodes.n1.chat.received` */
  readonly figure: string;
  readonly live: number | null;
  readonly expected: string;
  readonly by: 'simulation' | 'model';
}

/**
 * What is equal in every run of a plan, whatever the machine: the exact figures, and what is held at the end. While people come and go, when they
 * are there is a matter of time, and so is whom a change of theirs reaches: then only chat messages count, which must be among those who stay.
 */
export async function gatedFigures(live: Measured): Promise<Figures> {
  const exact = await repeatableFigures(live);
  const held = placedByTransport(live.plan.topology) ? new Map<string, number | null>() : heldFigures(live);
  return new Map([...((await comesAndGoes(live.plan)) ? chatAlone(exact) : exact), ...held]);
}

/** Every figure in which the run differs from the simulation and from the model of its plan; where people come and go, from the model of what it leaves. */
export async function contradictions(live: Measured): Promise<readonly Contradiction[]> {
  if (await comesAndGoes(live.plan)) return contradictionsAtTheEnd(live);
  const simulated = await differencesFromSimulation(live);
  const modelled = await disagreementsWithModel(live);
  return [
    ...simulated.map(({ place, live, simulated }) => ({ figure: place, live, expected: simulated, by: 'simulation' as const })),
    ...modelled.map(({ place, run, modelled, error }) => ({
      figure: place,
      live: run,
      expected: modelledInWords(modelled, error),
      by: 'model' as const,
    })),
    ...(await contradictionsInHolding(live)),
  ];
}

async function comesAndGoes(plan: Plan): Promise<boolean> {
  const { does = [] } = await scenarioOf(plan);
  return does.length > 0;
}

/** What nobody comes or goes for: `counts.delivered`, `nodes.n1.chat.received`, entries of directories at the end. */
function chatAlone(figures: Figures): Figures {
  return new Map([...figures].filter(([name]) => /^counts\.|\.chat\.|\.entries\./.test(name)));
}

async function contradictionsAtTheEnd(live: Measured): Promise<readonly Contradiction[]> {
  const { plan } = live;
  const model = await modelOfSayings(plan, await loadStrategy(plan.strategy), await scenarioOf(plan));
  const [run, expected] = [chatOf(live), chatOf(model)];
  return [...differing(run, expected), ...(await contradictionsInHolding(live))];
}

/** Where a transport places the sockets, the sums over all nodes: which of them had what, no plan says. */
function chatOf(of: Measured): Figures {
  const figures = placedByTransport(of.plan.topology) ? summed(of) : exactFigures(of);
  return new Map([...figures].filter(([name]) => name.includes('.chat.')));
}

/** What its sockets want is all that a node listens for and has told directories. */
async function contradictionsInHolding({ plan, nodes }: Measured): Promise<readonly Contradiction[]> {
  if (placedByTransport(plan.topology)) return [];
  const holdings = holdingsAtTheEnd(plan, await loadStrategy(plan.strategy), await scenarioOf(plan));
  return nodes.flatMap(({ id, subscriptions, entries }) =>
    Object.entries({ subscriptions, entries }).flatMap(([what, live]) => {
      const expected = holdings.get(id)?.[what as 'subscriptions' | 'entries'] ?? {};
      return differing(prefixed(`nodes.${id}.${what}`, live), prefixed(`nodes.${id}.${what}`, expected));
    }),
  );
}

function prefixed(place: string, figures: Readonly<Record<string, number>>): Figures {
  return new Map(
    Object.entries(figures)
      .filter(([, count]) => count !== 0)
      .map(([letter, count]) => [`${place}.${letter}`, count]),
  );
}

function differing(run: Figures, model: Figures): readonly Contradiction[] {
  return [...new Set([...run.keys(), ...model.keys()])]
    .filter((figure) => !agrees(run.get(figure), model.get(figure)))
    .map((figure) => ({
      figure,
      live: run.get(figure) ?? null,
      expected: modelledInWords(model.get(figure) ?? null, 0),
      by: 'model' as const,
    }));
}

function modelledInWords(value: number | null, error: number): string {
  return value === null ? 'none' : error === 0 ? `${value}` : `${value} ± ${error}`;
}
