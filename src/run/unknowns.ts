import type { Cast } from './cast.js';
import type { LiveFacts } from './live.js';
import { nodesSpokenTo } from './nodesAsBrokers.js';
import { placedByTransport } from './placedByTransport.js';

type Facts = Pick<LiveFacts, 'plan' | 'drained' | 'reports' | 'undrained' | 'unanswered'> & {
  readonly cast: Pick<Cast, 'nodes' | 'brokers'>;
};

/** Times in the text of a message are rounded to this. */
const roundedMs = 0.001;

/** Why figures are null, or may be wrong, by their place in the result. */
export function unknownsOf(facts: Facts, clockErrorMs: number | null): Record<string, string> {
  return Object.fromEntries([...early(facts), ...facts.unanswered, ...partial(facts), ...unsaid(facts), ...tooEarly(facts, clockErrorMs)]);
}

/** Figures of different moments say nothing of each other. */
function early({ undrained }: Facts): readonly (readonly string[])[] {
  if (undrained === null) return [];
  return [
    ['drained', undrained],
    ['equations', `what was counted while something may have been in flight is not compared: ${undrained}`],
  ];
}

function silentNodes({ plan, drained }: Facts): readonly string[] {
  return plan.topology.nodes.filter((_id, index) => !drained.nodes[index]);
}

/** By the nodes' word a broker handled what all of them say together. */
function partial(facts: Facts): readonly (readonly string[])[] {
  const silent = silentNodes(facts);
  if (silent.length === 0) return [];
  const words = `only what the other nodes counted: ${silent.map((id) => `[${id}]`).join(', ')} did not report`;
  const spokenTo = nodesSpokenTo(facts.cast);
  return [
    ...[...facts.plan.topology.brokers.map(({ id }) => id), ...spokenTo].map((id) => [`brokers.${id}.kinds`, words]),
    ...silent
      .filter((id) => spokenTo.includes(id))
      .map((id) => [`brokers.${id}`, `[${id}] did not report what it took in for other nodes`]),
  ];
}

/** What no broker of its kind says. */
function unsaid({ plan, cast }: Facts): readonly (readonly string[])[] {
  const silent = cast.brokers.flatMap(({ broker, kind }) =>
    Object.entries(kind.silent ?? {}).map(([figure, why]) => [`brokers.${broker.id}.${figure}`, why]),
  );
  return [
    ...silent,
    ...(placedByTransport(plan.topology) ? [['latencyMs.sameNode', 'the transport places sockets on nodes, not the plan']] : []),
  ];
}

/** Nothing arrives before it is sent: the clocks were further apart than they were found to be. */
function tooEarly({ reports }: Facts, clockErrorMs: number | null): readonly (readonly string[])[] {
  const mostMs = Math.max(0, ...reports.map((report) => report?.early.mostMs ?? 0));
  if (mostMs === 0 || (clockErrorMs !== null && mostMs <= clockErrorMs + roundedMs)) return [];
  const found =
    clockErrorMs === null
      ? 'how far their clocks are apart is not known'
      : `their clocks were found at most ${clockErrorMs.toFixed(3)} ms apart`;
  return [
    ['latencyMs.early', `a message came to one worker ${mostMs.toFixed(3)} ms before another sent it, and ${found}: latency is not known`],
  ];
}
