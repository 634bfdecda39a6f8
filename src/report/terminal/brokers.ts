import type { BrokerResult, Result } from '../../measure/result.js';
import { besideHops, ownWord } from '../../measure/traffic.js';
import { brokerWord, isEmbedded, kindInWords } from '../describe.js';
import { brokersApart, hasRelays, nodesAsBrokers } from '../loads.js';
import { bytes, whole } from '../numbers.js';
import { bar, columns, wrap } from './layout.js';
import { dimmed, mostShown, rest } from './load.js';
import type { Block, Screen } from './types.js';

/** What every broker took in and handed out, and what nodes did for each other, in the words of each. */
export const brokersBlock: Block = (result, screen) => {
  const [apart, nodes] = [brokersApart(result), nodesAsBrokers(result)];
  if (apart.length + nodes.length === 0) return ['No broker was used.'];
  const tables = [
    ...(apart.length === 0 ? [] : [apartTable(result, apart, screen)]),
    ...(nodes.length === 0 ? [] : [nodesTable(nodes, screen)]),
  ];
  return [...tables.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])), ...directory(result, screen)];
};

function apartTable(result: Result, brokers: readonly BrokerResult[], screen: Screen): readonly string[] {
  const most = mostOf(brokers, ({ in: taken, out }) => [taken, out]);
  const blocks = Math.max(4, Math.min(24, Math.floor((screen.width - 58) / 2)));
  const kind = (words: string) => (new Set(brokers.map((broker) => broker.kind)).size > 1 ? [words] : []);
  const relayed = (words: string) => (hasRelays(result) ? [words] : []);
  const rows = brokers
    .slice(0, mostShown)
    .map((broker) => [
      broker.id,
      ...kind(kindInWords(broker.kind)),
      screen.colours.blue(bar(broker.in, most, blocks)),
      whole(broker.in),
      screen.colours.yellow(bar(broker.out, most, blocks)),
      whole(broker.out),
      ...relayed(whole(broker.relayed)),
      whole(broker.channels),
      bytes(broker.memoryBytes),
    ]);
  const head = dimmed(screen, [brokerWord(result), ...kind('kind'), '', 'in', '', 'out', ...relayed('relayed'), 'channels', 'memory']);
  return [
    screen.colours.bold(`Load per ${brokerWord(result)}${isEmbedded(result) ? ' (embedded)' : ''}`),
    ...columns(
      [head, ...rows],
      ['left', ...kind('left').map(() => 'left' as const), 'left', 'right', 'left', 'right', 'right', 'right', 'right'],
    ),
    ...rest(brokers.length),
  ];
}

/** Messages that came straight from another node are apart from what a node is asked as a place of a directory. */
function nodesTable(nodes: readonly BrokerResult[], screen: Screen): readonly string[] {
  const most = mostOf(nodes, (node) => [node.hops, besideHops(node, 'in')]);
  const blocks = Math.max(4, Math.min(24, Math.floor((screen.width - 58) / 2)));
  const rows = nodes
    .slice(0, mostShown)
    .map((node) => [
      node.id,
      screen.colours.blue(bar(node.hops, most, blocks)),
      whole(node.hops),
      screen.colours.yellow(bar(besideHops(node, 'in'), most, blocks)),
      whole(besideHops(node, 'in')),
      whole(besideHops(node, 'out')),
    ]);
  const head = dimmed(screen, ['node', '', 'from other nodes', '', 'asked', 'answered']);
  return [
    screen.colours.bold('Load per node as broker: nodes speak straight to each other'),
    ...columns([head, ...rows], ['left', 'left', 'right', 'left', 'right', 'right']),
    ...rest(nodes.length),
  ];
}

function mostOf(brokers: readonly BrokerResult[], figures: (broker: BrokerResult) => readonly (number | null)[]): number {
  return Math.max(0, ...brokers.flatMap(figures).map((figure) => figure ?? 0));
}

/** What directories were asked, where there are any. */
function directory(result: Result, { width }: Screen): readonly string[] {
  const { questions, answers } = ownWord(result, result.plan.topology);
  if (questions === 0 && answers === 0) return [];
  const words = `Directory: ${whole(questions)} messages taken in by it (questions, and who wants what), ${whole(answers)} given out (answers and notices)`;
  return wrap(words, width, '  ');
}
