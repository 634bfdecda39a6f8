import type { Result } from '../../measure/result.js';
import { isMesh } from '../describe.js';
import { brokersApart, loadOf } from '../loads.js';
import { plural, whole } from '../numbers.js';
import { html, type Markup } from './markup.js';
import type { Section } from './section.js';

/** Who ran: nodes on the left, brokers and the store on the right. It is drawn narrow, so that a phone shows it at reading size. */
const width = 360;
const box = { width: 138, height: 44, step: 56 } as const;
const right = width - box.width;
/** More than these make no picture. */
const mostShown = 8;

interface Box {
  readonly name: string;
  readonly words: string;
  readonly mark?: string;
  readonly role: 'node' | 'broker' | 'store' | 'more';
}

interface Placed extends Box {
  readonly x: number;
  readonly y: number;
}

export function topologySection(result: Result): Section {
  const nodes = place(0, shorten(result.nodes.map(nodeBox), 'nodes'));
  const brokers = place(right, shorten(brokersApart(result).map(brokerBox), 'brokers'));
  const store = place(right, [storeBox(result)], brokers.length);
  const lines = nodes.flatMap((node) => brokers.map((broker) => line(node, broker)));
  const height = box.step * Math.max(nodes.length, brokers.length + 1);
  return {
    id: 'topology',
    title: 'What ran',
    body: html`<figure class="topology"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption(result)}">
${lines}
${[...nodes, ...brokers, ...store].map(drawn)}
</svg><figcaption>${caption(result)}</figcaption></figure>`,
  };
}

function caption(result: Result): string {
  const store = 'The rooms are kept in a store of their own, which passes on no messages.';
  const nodes = plural(result.nodes.length, 'node');
  const brokers = brokersApart(result).length;
  const linked = isMesh(result) ? ' The nodes are connected to each other as well, each a broker to the others.' : '';
  if (brokers === 0) return `${nodes} without a broker apart.${linked} ${store}`;
  return `Each of ${nodes} is connected to ${brokers === 1 ? 'the broker' : `each of ${plural(brokers, 'broker')}`}.${linked} ${store}`;
}

function nodeBox(node: Result['nodes'][number]): Box {
  return { name: node.id, words: `${plural(node.connections, 'socket')}, got ${whole(loadOf(node).received)}`, role: 'node' };
}

function brokerBox(broker: Result['brokers'][number]): Box {
  const words = `in ${whole(broker.in)}, out ${whole(broker.out)}`;
  return { name: broker.id, words, role: 'broker', ...(broker.embedded ? { mark: 'embedded' } : {}) };
}

function storeBox({ environment }: Result): Box {
  return { name: 'room store', words: environment.brokers.store ?? 'version not known', role: 'store' };
}

function shorten(boxes: readonly Box[], what: string): readonly Box[] {
  if (boxes.length <= mostShown) return boxes;
  const shown = boxes.slice(0, mostShown - 1);
  return [...shown, { name: `+ ${whole(boxes.length - shown.length)} ${what}`, words: 'see the table below', role: 'more' }];
}

function place(x: number, boxes: readonly Box[], from = 0): readonly Placed[] {
  return boxes.map((each, index) => ({ ...each, x, y: (from + index) * box.step }));
}

function line(node: Placed, broker: Placed): Markup {
  const middle = box.height / 2;
  return html`<line x1="${box.width}" y1="${node.y + middle}" x2="${right}" y2="${broker.y + middle}"/>`;
}

/** About what fits; the tables have the whole names. */
const longest = { name: 15, words: 22 } as const;

function drawn({ name, words, mark = '', role, x, y }: Placed): Markup {
  return html`<g class="${role}"><rect x="${x + 0.5}" y="${y + 0.5}" width="${box.width - 1}" height="${box.height - 1}" rx="6"/>
<text x="${x + 10}" y="${y + 18}" class="name">${short(name, mark === '' ? longest.name : longest.name / 2)}</text>
<text x="${x + box.width - 8}" y="${y + 18}" class="mark">${mark}</text>
<text x="${x + 10}" y="${y + 34}">${short(words, longest.words)}</text></g>\n`;
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
