import { loadOf } from '../loads.js';
import { percent, share, whole } from '../numbers.js';
import { bar, columns } from './layout.js';
import type { Block, Screen } from './types.js';

/** More than these scroll the verdict away. */
export const mostShown = 12;

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

export function dimmed({ colours }: Screen, words: readonly string[]): readonly string[] {
  return words.map((word) => colours.dim(word));
}

/** Says that a table is longer than it is shown. */
export function rest(rows: number): readonly string[] {
  return rows > mostShown ? [`  and ${whole(rows - mostShown)} more: see report.html`] : [];
}
