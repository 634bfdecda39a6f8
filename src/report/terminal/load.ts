import type { Result } from '../../measure/result.js';
import { brokerWord, isEmbedded, kindInWords } from '../describe.js';
import { directoryTraffic, hasRelays, loadOf } from '../loads.js';
import { bytes, percent, share, whole } from '../numbers.js';
import { bar, columns, wrap } from './layout.js';
import type { Block, Screen } from './types.js';

/** More than these scroll the verdict away. */
const mostShown = 12;

/** What every node got from brokers: the useful part solid, the wasted part grey. */
export const nodesBlock: Block = ({ nodes }, screen) => {
  const loads = nodes.map((node) => ({ id: node.id, ...loadOf(node) }));
  const most = Math.max(0, ...loads.map((load) => load.received));
  const blocks = Math.max(17, Math.min(40, screen.width - 52));
  const paint = (load: (typeof loads)[number]) =>
    screen.colours.green(bar(load.useful, most, blocks)) + screen.colours.red(bar(load.wasted, most, blocks, '░'));
  const rows = loads
    .slice(0, mostShown)
    .map((load) => [
      load.id,
      paint(load),
      whole(load.received),
      percent(share(load.wasted, load.received)),
      whole(load.published),
      whole(load.deliveredToSockets),
    ]);
  const head = dimmed(screen, ['node', '█ useful ░ wasted', 'received', 'wasted', 'published', 'to sockets']);
  return [
    screen.colours.bold('Load per node'),
    ...columns([head, ...rows], ['left', 'left', 'right', 'right', 'right', 'right']),
    ...rest(loads.length),
  ];
};

/** What every broker took in and handed out, in its own words. */
export const brokersBlock: Block = (result, screen) => {
  const { brokers } = result;
  if (brokers.length === 0) return ['No broker was used.'];
  const most = Math.max(0, ...brokers.flatMap(({ in: taken, out }) => [taken ?? 0, out ?? 0]));
  const blocks = Math.max(4, Math.min(24, Math.floor((screen.width - 58) / 2)));
  const kind = (words: string) => (isMixed(result) ? [words] : []);
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
    screen.colours.bold(titleOf(result)),
    ...columns(
      [head, ...rows],
      ['left', ...kind('left').map(() => 'left' as const), 'left', 'right', 'left', 'right', 'right', 'right', 'right'],
    ),
    ...rest(brokers.length),
    ...directory(result, screen),
  ];
};

function isMixed({ brokers }: Result): boolean {
  return new Set(brokers.map(({ kind }) => kind)).size > 1;
}

function titleOf(result: Result): string {
  return `Load per ${brokerWord(result)}${isEmbedded(result) ? ' (embedded)' : ''}`;
}

/** What a directory was asked, where there is one. */
function directory(result: Result, { width }: Screen): readonly string[] {
  const { put, got } = directoryTraffic(result);
  if (put + got === 0) return [];
  const words = `Directory: ${whole(put)} messages put to it (questions, and who wants what), ${whole(got)} got from it (answers and notices), by the nodes' word`;
  return wrap(words, width, '  ');
}

function dimmed({ colours }: Screen, words: readonly string[]): readonly string[] {
  return words.map((word) => colours.dim(word));
}

function rest(rows: number): readonly string[] {
  return rows > mostShown ? [`  and ${whole(rows - mostShown)} more: see report.html`] : [];
}
