import { createColors } from 'picocolors';
import { calibrationInWords } from '../calibrationInWords.js';
import { type CapacityPlan, fleetsInOrder, type PlannedStrategy, substitutesInWords } from '../capacityPlan.js';
import { bytes, compact, notKnown, percent, threeDigits, whole } from '../numbers.js';
import { columns, wrap } from './layout.js';

const heads = [
  ...['strategy', 'nodes', 'brokers', 'cores', 'node', 'broker', 'first', 'memory', 'conns', 'subs', 'wasted', 'lost', '+1 M users'],
];
const words =
  'cores: at work, all processes together; node, broker: share of its core that one uses; first: what is full first; memory: of a node and of a broker; ' +
  'conns, subs: connections and subscriptions at one broker; wasted: copies that a node gets and drops; lost: deliveries lost when one broker dies; ' +
  '+1 M users: nodes and brokers for a million more.';

/** What every strategy would need, the one to take first; then what cannot do it. */
export function renderPlan(plan: CapacityPlan, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const colours = createColors(colour);
  const dim = (text: string) => (text === '' ? [] : wrap(text, width, '  ').map(colours.dim));
  return `${[
    colours.bold(
      `A plan for ${compact(plan.users)} users who send ${threeDigits(plan.users * plan.ratePerUser)} messages/s: ${plan.workload}`,
    ),
    ...wrap(`PREDICTED, not measured: ${demandsInWords(plan)}`, width, '  '),
    ...wrap(
      `calibration: ${plan.calibration.where}; ${calibrationInWords(plan.calibration)}, ${age(plan.calibration.ageDays)}`,
      width,
      '  ',
    ),
    '',
    ...columns(
      [heads.map((head) => colours.dim(head)), ...fleetsInOrder(plan).map(rowOf)],
      ['left', ...heads.slice(1).map(() => 'right' as const)],
    ),
    ...dim(words),
    ...dim(plan.strategies.length === 0 ? '' : enginesInWords(plan.strategies)),
    ...dim(uncalibratedInWords(plan.strategies)),
    ...dim(assumedInWords(plan.calibration.assumed)),
    '',
    ...adviceLines(plan).flatMap((line) => wrap(line, width, '  ')),
    ...winnerLines(plan).flatMap((line) => wrap(line, width, '  ')),
    ...plan.impossible.flatMap(({ strategy, why }) => wrap(`cannot: ${strategy}: ${why}`, width, '  ')).map(colours.dim),
  ].join('\n')}\n`;
}

function rowOf(one: PlannedStrategy): readonly string[] {
  const { millionMore } = one;
  return [
    one.strategy + (one.uncalibrated.length > 0 ? ' *' : ''),
    whole(one.nodes),
    whole(one.brokers),
    threeDigits(one.cores),
    percent(one.node.share),
    one.broker === null ? notKnown : percent(one.broker.share),
    one.saturatesFirst,
    `${bytes(one.node.memoryBytes)} / ${one.broker === null ? notKnown : bytes(one.broker.memoryBytes)}`,
    compact(one.connectionsPerBroker),
    compact(one.subscriptionsPerBroker),
    percent(one.wastedShare),
    one.lostShare === null ? notKnown : percent(one.lostShare),
    millionMore === null ? 'cannot' : `+${whole(millionMore.nodes)} / +${whole(millionMore.brokers)}`,
  ];
}

function demandsInWords({ demands: { utilisation, connectionsPerNode, nodesLeast, responseMsP99 } }: CapacityPlan): string {
  const spare = nodesLeast > 1 ? `, at least ${whole(nodesLeast)} nodes` : '';
  const fast =
    responseMsP99 === null ? '' : `, p99 of the response within ${threeDigits(responseMsP99)} ms (queues alone: no network, no pauses)`;
  return `at most ${percent(utilisation)} of a core for each process and ${whole(connectionsPerNode)} sockets for each node${spare}${fast}`;
}

function age(days: number): string {
  return days <= 0 ? 'made today' : days === 1 ? '1 day old' : `${whole(days)} days old`;
}

/** `engine of the nodes: fast (hashed, ring), socket.io (redis-broadcast)` */
function enginesInWords(strategies: readonly PlannedStrategy[]): string {
  const engines = [...new Set(strategies.map(({ engine }) => engine))];
  const users = (name: string) => strategies.filter(({ engine }) => engine === name).map(({ strategy }) => strategy);
  return `engine of the nodes: ${engines.map((name) => `${name} (${users(name).join(', ')})`).join(', ')}`;
}

function uncalibratedInWords(strategies: readonly PlannedStrategy[]): string {
  const words = substitutesInWords(strategies, {
    memoryOf: 'memory of',
    countedAs: 'counted as',
    countedAtLeast: 'counted at what it takes at least',
  });
  return words === '' ? '' : `* never calibrated: ${words}`;
}

function assumedInWords(assumed: readonly string[]): string {
  return assumed.length === 0 ? '' : `assumed at least, since the calibration did not tell it apart from less: ${assumed.join('; ')}`;
}

function adviceLines({ advice }: CapacityPlan): readonly string[] {
  if (advice === null)
    return ['No strategy can do it under these demands: allow more sockets for each node, a slower response, or fewer messages.'];
  return [`Take ${advice.strategy}:`, ...advice.reasons.map((reason) => `- ${reason}`)];
}

/** Where the article's winner is the one to take, and where it is not. */
function winnerLines({ winners }: CapacityPlan): readonly string[] {
  if (winners.length === 0) return [];
  const list = winners.map(({ users, strategy }) => `${compact(users)}: ${strategy ?? 'none'}`).join(' · ');
  const dearer = winners.filter(({ strategy, hashedAlike }) => strategy !== null && !hashedAlike).map(({ users }) => compact(users));
  const verdict =
    dearer.length === 0
      ? 'is the best at all of these, or costs the same within what a calibration can tell'
      : `stops being the best at ${dearer.join(', ')}`;
  return [`By users: ${list}; the article's winner, hashed, ${verdict}`];
}
