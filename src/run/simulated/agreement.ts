import { sum } from '../../measure/accounting.js';
import { exactFigures } from '../../measure/exact.js';
import type { BrokerResult, Measured, NodeResult } from '../../measure/result.js';
import { placedByTransport } from '../placedByTransport.js';
import type { Questions } from './questions.js';
import { simulate } from './simulate.js';

/** What a figure may be. */
interface Allowed {
  readonly least: number;
  readonly most: number;
  /** Why it need not be one number. */
  readonly why?: string;
}

type Figures = Map<string, number | null>;

const orderDecides =
  'where answers of directories are kept, a question lists the topics of a message that are not known yet, so which message comes first decides how many there are';

/** An exact figure in which a live run and the simulation of its plan differ. */
export interface Difference {
  /** `nodes.n1.chat.received` */
  readonly place: string;
  readonly live: number | null;
  /** `40`; where timing decides, bounds and why. */
  readonly simulated: string;
}

/** Simulates the plan of a live result, and says in words in which exact figures the two differ. Empty: they agree. */
export async function disagreementsWithSimulation(live: Measured): Promise<readonly string[]> {
  const differences = await differencesFromSimulation(live);
  return differences.map(({ place, live, simulated }) => `${place}: live ${live ?? 'none'}, simulated ${simulated}`);
}

/** The same by figure, place and both values. What timing decides live is held to the bounds that the core guarantees. */
export async function differencesFromSimulation(live: Measured): Promise<readonly Difference[]> {
  const { measured, questions } = await simulate(live.plan);
  const compared = placedByTransport(live.plan.topology) ? summed : exactFigures;
  const [one, other] = [compared(live), compared(measured)];
  const bounds = boundsOf(questions, measured);
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) => {
    const value = one.get(name);
    const allowed = bounds.get(name) ?? exactly(other.get(name));
    return holds(value, allowed) ? [] : [{ place: name, live: value ?? null, simulated: words(allowed) }];
  });
}

function exactly(value: number | null | undefined): Allowed | undefined {
  return value === null || value === undefined ? undefined : { least: value, most: value };
}

function holds(value: number | null | undefined, allowed: Allowed | undefined): boolean {
  if (value === null || value === undefined || allowed === undefined) return (value ?? undefined) === allowed;
  return allowed.least <= value && value <= allowed.most;
}

function words(allowed: Allowed | undefined): string {
  if (allowed === undefined) return 'none';
  return allowed.why === undefined ? `${allowed.least}` : `${allowed.least} to ${allowed.most} (${allowed.why})`;
}

/** Only questions whose answers are kept, and only where one can list several topics, are not decided by plan and seed. */
function boundsOf(questions: Questions, { nodes, brokers }: Measured): ReadonlyMap<string, Allowed> {
  const bounds = new Map<string, Allowed>();
  for (const { id } of nodes)
    for (const figure of ['published', 'received', 'useful']) setIfOpen(bounds, `nodes.${id}.directory.${figure}`, questions.by(id));
  for (const { id } of brokers)
    for (const figure of ['in', 'out']) setIfOpen(bounds, `brokers.${id}.directory.${figure}`, questions.at(id));
  return bounds;
}

function setIfOpen(bounds: Map<string, Allowed>, name: string, { least, most }: Allowed): void {
  if (least < most) bounds.set(name, { least, most, why: orderDecides });
}

/** Where a transport places the sockets, nobody knows who is on which node, so what the plan decides is the sum over all nodes. */
export function summed({ counts, nodes, brokers }: Measured): Figures {
  const figures: Figures = new Map(
    Object.entries(counts).flatMap(([name, value]) => (name === 'reordered' ? [] : [[`counts.${name}`, value] as const])),
  );
  const ofNodes = (kind: 'chat' | 'presence' | 'directory', figure: keyof NodeResult['kinds']['chat']) =>
    sum(nodes.map(({ kinds }) => kinds[kind][figure]));
  const ofBrokers = (kind: 'chat' | 'presence' | 'directory', figure: keyof BrokerResult['kinds']['chat']) =>
    sum(brokers.map(({ kinds }) => kinds[kind][figure]));
  for (const kind of ['chat', 'presence', 'directory'] as const) {
    for (const figure of ['fromClients', 'published', 'received', 'deliveredToSockets'] as const)
      figures.set(`nodes.${kind}.${figure}`, ofNodes(kind, figure));
    for (const figure of ['in', 'out'] as const) figures.set(`brokers.${kind}.${figure}`, ofBrokers(kind, figure));
  }
  return figures;
}
