import type { Result } from '../../measure/result.js';
import { isMesh } from '../describe.js';
import type { InEveryLanguage, Language } from '../language.js';
import { brokersApart, loadOf } from '../loads.js';
import { figuresIn } from '../numbers.js';
import { html, type Markup, nothing } from './markup.js';
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
  /** The words are of the result. */
  readonly recorded?: boolean;
  readonly role: 'node' | 'broker' | 'store' | 'more';
}

interface Placed extends Box {
  readonly x: number;
  readonly y: number;
}

interface Words {
  readonly title: string;
  readonly store: string;
  readonly storeName: string;
  readonly noVersion: string;
  readonly embedded: string;
  readonly linked: string;
  readonly below: string;
  readonly more: Readonly<Record<'nodes' | 'brokers', string>>;
  noBroker(nodes: number): string;
  connected(nodes: number, brokers: number): string;
  node(sockets: number, received: number): string;
  broker(taken: string, out: string): string;
}

const en = figuresIn('en');
const ru = figuresIn('ru');

const words: InEveryLanguage<Words> = {
  en: {
    title: 'What ran',
    store: 'The rooms are kept in a store of their own, which passes on no messages.',
    storeName: 'room store',
    noVersion: 'version not known',
    embedded: 'embedded',
    linked: 'The nodes are connected to each other as well, each a broker to the others.',
    below: 'see the table below',
    more: { nodes: 'nodes', brokers: 'brokers' },
    noBroker: (nodes) => `${en.counted(nodes, { one: 'node', other: 'nodes' })} without a broker apart.`,
    connected: (nodes, brokers) =>
      `Each of ${en.counted(nodes, { one: 'node', other: 'nodes' })} is connected to ${brokers === 1 ? 'the broker' : `each of ${en.whole(brokers)} brokers`}.`,
    node: (sockets, received) => `${en.counted(sockets, { one: 'socket', other: 'sockets' })}, got ${en.whole(received)}`,
    broker: (taken, out) => `in ${taken}, out ${out}`,
  },
  ru: {
    title: 'Что работало',
    store: 'Комнаты хранятся в отдельном хранилище, через которое сообщения не идут.',
    storeName: 'хранилище',
    noVersion: 'версия неизвестна',
    embedded: 'встроенный',
    linked: 'Узлы соединены и между собой, каждый — брокер для остальных.',
    below: 'см. таблицу ниже',
    more: { nodes: 'узлов', brokers: 'брокеров' },
    noBroker: (nodes) => `${ru.counted(nodes, { one: 'узел', few: 'узла', other: 'узлов' })} без отдельных брокеров.`,
    connected: (nodes, brokers) =>
      `Узлов: ${ru.whole(nodes)}; каждый соединён ${brokers === 1 ? 'с единственным брокером' : `с каждым из ${ru.whole(brokers)} брокеров`}.`,
    node: (sockets, received) => `сокетов ${ru.whole(sockets)}, взял ${ru.whole(received)}`,
    broker: (taken, out) => `взял ${taken}, дал ${out}`,
  },
};

export function topologySection(result: Result, language: Language): Section {
  const shortened = (boxes: readonly Box[], what: 'nodes' | 'brokers') => shorten(boxes, what, language);
  const nodes = place(
    0,
    shortened(
      result.nodes.map((node) => nodeBox(node, language)),
      'nodes',
    ),
  );
  const brokers = place(
    right,
    shortened(
      brokersApart(result).map((broker) => brokerBox(broker, language)),
      'brokers',
    ),
  );
  const store = place(right, [storeBox(result, language)], brokers.length);
  const lines = nodes.flatMap((node) => brokers.map((broker) => line(node, broker)));
  const height = box.step * Math.max(nodes.length, brokers.length + 1);
  return {
    id: 'topology',
    title: words[language].title,
    body: html`<figure class="topology"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption(result, language)}">
${lines}
${[...nodes, ...brokers, ...store].map((each) => drawn(each, language))}
</svg><figcaption>${caption(result, language)}</figcaption></figure>`,
  };
}

function caption(result: Result, language: Language): string {
  const { store, linked, noBroker, connected } = words[language];
  const brokers = brokersApart(result).length;
  const first = brokers === 0 ? noBroker(result.nodes.length) : connected(result.nodes.length, brokers);
  return [first, ...(isMesh(result) ? [linked] : []), store].join(' ');
}

function nodeBox(node: Result['nodes'][number], language: Language): Box {
  return { name: node.id, words: words[language].node(node.connections, loadOf(node).received), role: 'node' };
}

function brokerBox(broker: Result['brokers'][number], language: Language): Box {
  const { whole } = figuresIn(language);
  const { broker: said, embedded } = words[language];
  const handled = said(whole(broker.in), whole(broker.out));
  return { name: broker.id, words: handled, role: 'broker', ...(broker.embedded ? { mark: embedded } : {}) };
}

function storeBox({ environment }: Result, language: Language): Box {
  const { storeName, noVersion } = words[language];
  const { store } = environment.brokers;
  return { name: storeName, words: store ?? noVersion, role: 'store', recorded: store !== undefined };
}

function shorten(boxes: readonly Box[], what: 'nodes' | 'brokers', language: Language): readonly Box[] {
  if (boxes.length <= mostShown) return boxes;
  const shown = boxes.slice(0, mostShown - 1);
  const { more, below } = words[language];
  const name = `+ ${figuresIn(language).whole(boxes.length - shown.length)} ${more[what]}`;
  return [...shown, { name, words: below, role: 'more' }];
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

function drawn({ name, words: said, mark = '', role, recorded = false, x, y }: Placed, language: Language): Markup {
  const isName = role === 'node' || role === 'broker';
  const english = language === 'en' ? nothing : html` lang="en"`;
  return html`<g class="${role}"><rect x="${x + 0.5}" y="${y + 0.5}" width="${box.width - 1}" height="${box.height - 1}" rx="6"/>
<text x="${x + 10}" y="${y + 18}" class="name"${isName ? english : nothing}>${short(name, mark === '' ? longest.name : longest.name / 2)}</text>
<text x="${x + box.width - 8}" y="${y + 18}" class="mark">${mark}</text>
<text x="${x + 10}" y="${y + 34}"${recorded ? english : nothing}>${short(said, longest.words)}</text></g>\n`;
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
