import { createColors } from 'picocolors';
import type { ModelRecord } from '../../measure/modelSchema.js';
import type { Result } from '../../measure/result.js';
import { rateInWords, scenarioInWords, sizesInWords } from '../describe.js';
import { compact, notKnown, percent, plural, share } from '../numbers.js';
import { columns, wrap } from './layout.js';

type Exponents = ModelRecord['exponents'];

const heads = [
  ...[
    'strategy',
    'put',
    'got',
    '±',
    'wasted',
    'asked',
    'in',
    'out',
    'relayed',
    'asked',
    'listens',
    'at broker',
    'kept',
    'links',
    'at broker',
  ],
  ...['node', 'broker'],
];
const groups =
  'Per node and second: messages put to brokers or other nodes, got from them (± how far a run may be off), the wasted part of those, questions to directories. ' +
  'Per broker and second (of several kinds the busiest): in, out, relayed, questions answered. Subscriptions: of a node, of a broker; kept: entries at one place of a directory. ' +
  'Links: brokers and nodes that one node must reach, nodes that must reach one broker. ' +
  'node, broker: when users, nodes and brokers all grow alike, their load grows as this power of it: 0 stays flat, 1 grows with the whole traffic.';

/** Predictions side by side: a line for each strategy. */
export function renderPredictions(
  results: readonly Result[],
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string {
  const colours = createColors(colour);
  const [first] = results;
  if (first === undefined) return '';
  const rows = results.flatMap((result) => (result.model === undefined ? [] : [rowOf(result, result.model)]));
  const assumed = new Set(results.flatMap(({ model }) => model?.assumptions ?? []));
  const shown = [scenarioInWords(first), rateInWords(first), `seed ${first.plan.seed}`].join(', ');
  return `${[
    colours.bold(`${plural(rows.length, 'strategy', 'strategies')} predicted: computed from the routing alone, nothing was run`),
    ...wrap(
      `${sizesInWords(first)}${results.length > 1 ? ' (the first; a strategy may run another number of them)' : ''}, ${shown}`,
      width,
      '  ',
    ),
    '',
    ...columns([heads.map((word) => colours.dim(word)), ...rows], ['left', ...heads.slice(1).map(() => 'right' as const)]),
    ...wrap(groups, width, '  ').map(colours.dim),
    ...[...assumed].flatMap((words) => wrap(`taken for granted: ${words}`, width, '  ')).map(colours.dim),
    ...results.flatMap(({ plan }) => plan.changed.flatMap((words) => wrap(`changed: ${words}`, width, '  '))).map(colours.dim),
  ].join('\n')}\n`;
}

function rowOf({ plan }: Result, model: ModelRecord): readonly string[] {
  const { perNode, links } = model;
  const rate = (messages: number) => compact(messages / plan.size.seconds);
  const broker = busiest(model);
  return [
    plan.strategy.name,
    rate(perNode.published.mean),
    rate(perNode.received.mean),
    rate(perNode.received.error),
    percent(share(perNode.wasted.mean, perNode.received.mean)),
    rate(perNode.asked.mean),
    ...(['in', 'out', 'relayed', 'asked'] as const).map((figure) => (broker === undefined ? notKnown : rate(broker[figure].mean))),
    compact(Object.values(model.subscriptions).reduce((sum, count) => sum + count, 0)),
    compact(model.subscriptionsPerBroker),
    compact(model.entriesPerPlace),
    compact(links.perNode),
    compact(links.perBroker),
    power(model.exponents, 'node'),
    power(model.exponents, 'broker'),
  ];
}

/** The kind of brokers that handles most. */
function busiest({ perBroker }: ModelRecord): ModelRecord['perBroker'][string] | undefined {
  const load = (one: ModelRecord['perBroker'][string]) => one.in.mean + one.out.mean + one.relayed.mean + one.asked.mean;
  return Object.values(perBroker).sort((one, other) => load(other) - load(one))[0];
}

function power(exponents: Exponents, role: Exponents[number]['role']): string {
  const found = exponents.find((one) => one.role === role && one.against === 'system');
  return found?.slope === undefined || found.slope === null ? notKnown : (Math.round(found.slope * 100) / 100 + 0).toFixed(2);
}
