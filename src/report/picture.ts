import type { Strategy } from '../routing/types.js';
import { arrowhead, type Box, middleOf, rightOf, straight } from './box.js';
import { kindInWords } from './describe.js';
import { html, Markup, nothing } from './html/markup.js';
import { type Meeting, meetingOf, type Step } from './meeting.js';
import { meetingInWords } from './meetingWords.js';
import { type InsideLayout, insideBoxes, insideLayout, insideLines, insideStyle, insideWidth } from './pictureInside.js';

const width = 780;
const card = { width: 170, height: 56 } as const;
const rowHeight = 76;
const columns = { sender: 16, broker: 305, listener: width - 16 - card.width } as const;
const top = 44;
const legendHeight = 44;

/** Where everything stands. The sender's node stands twice: it sends on the left, and listens on the right like any other. */
interface Layout {
  readonly height: number;
  readonly sender: Box;
  readonly brokers: ReadonlyMap<string, Box>;
  readonly listeners: ReadonlyMap<string, Box>;
  /** Of the brokers that have exchanges. */
  readonly insides: ReadonlyMap<string, InsideLayout>;
}

/**
 * A strategy in one picture, made of its own functions: on the left the sender's node, in the middle the brokers, on the right the nodes that
 * listen. Grey: who listens where. Coloured: the way of one message. Dashed: the question to a directory, and its answer.
 */
export function pictureOf(strategy: Strategy, meeting: Meeting = meetingOf(strategy)): string {
  const layout = layoutOf(meeting);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${layout.height}" width="${width}" height="${layout.height}" role="img" aria-labelledby="title description">
<title id="title">${strategy.title}: where a sender and a listener meet</title>
<desc id="description">${meetingInWords(meeting)}</desc>
<style>${new Markup(meeting.insides.length === 0 ? style : style + insideStyle)}</style>
<defs>${['useful', 'wasted', 'published', 'relayed', 'asked', ...(meeting.insides.length === 0 ? [] : ['inside'])].map(arrowhead)}</defs>
<rect class="page" width="${width}" height="${layout.height}"/>
${heads(meeting)}
${rooms(meeting, layout)}${listening(meeting, layout)}
${meeting.path.map((step) => arrow(step, layout))}
${question(meeting, layout)}
${boxes(meeting, layout, setUp(strategy, meeting))}${exchanges(meeting, layout)}
${legend(meeting, layout)}
</svg>
`.text;
}

function layoutOf({ nodes, brokers, sender, insides }: Meeting): Layout {
  const rows = Math.max(nodes.length, brokers.length, 1);
  const inMiddle = (x: number, ids: readonly string[]) =>
    new Map(ids.map((id, index) => [id, { ...card, x, y: top + ((rows - ids.length) / 2 + index) * rowHeight }]));
  const column = (x: number, id: string) => inMiddle(x, [id]).get(id) ?? { ...card, x, y: top };
  const ids = ({ id }: { readonly id: string }) => id;
  const listeners = inMiddle(columns.listener, nodes.map(ids));
  const room = { x: columns.broker + (card.width - insideWidth) / 2, y: top, width: insideWidth, height: rows * rowHeight - 20 };
  return {
    height: top + rows * rowHeight + legendHeight,
    sender: column(columns.sender, sender.node),
    brokers: new Map([...inMiddle(columns.broker, brokers.map(ids)), ...insides.map(({ broker }) => [broker, room] as const)]),
    listeners,
    insides: new Map(insides.map((inside) => [inside.broker, insideLayout(inside, room, listeners)])),
  };
}

function heads({ brokers }: Meeting): Markup {
  const head = (x: number, words: string) => html`<text class="head" x="${x + card.width / 2}" y="24">${words}</text>`;
  return html`${head(columns.sender, 'sends')}${brokers.length === 0 ? nothing : head(columns.broker, 'between')}${head(columns.listener, 'listens')}`;
}

/** A line for each pair; a node that listens at itself needs none. */
function listening(meeting: Meeting, layout: Layout): readonly Markup[] {
  return meeting.listening.flatMap(({ node, broker }) => {
    const [from, to] = [layout.listeners.get(node), outletOf(layout, broker, node)];
    if (from === undefined || to === undefined) return [];
    return html`<line class="listening" x1="${from.x}" y1="${middleOf(from)}" x2="${rightOf(to)}" y2="${middleOf(to)}"/>\n`;
  });
}

/** What a message reaches first at a broker. */
function inletOf({ insides, brokers }: Layout, broker: string): Box | undefined {
  return insides.get(broker)?.first ?? brokers.get(broker);
}

/** Where a broker hands messages to a node. */
function outletOf({ insides, brokers }: Layout, broker: string, node: string): Box | undefined {
  return insides.get(broker)?.queues.get(node) ?? brokers.get(broker);
}

function arrow({ from, to, as }: Step, layout: Layout): Markup {
  const { sender, brokers, listeners } = layout;
  const start = as === 'published' ? sender : (outletOf(layout, from, to) ?? sender);
  const end = as === 'useful' || as === 'wasted' ? listeners.get(to) : inletOf(layout, to);
  if (end === undefined) return nothing;
  const passesBy = start === sender && as !== 'published' && brokers.size > 0;
  const way = as === 'relayed' ? bow(start, end) : passesBy ? around(start, end, [...brokers.values()]) : straight(start, end);
  return html`<path class="${as}" marker-end="url(#${as})" d="${way}"/>\n`;
}

/** From node to node below the brokers, which have no part in it. The middle of such a curve is three quarters of the way to its two handles. */
function around(from: Box, to: Box, brokers: readonly Box[]): string {
  const below = Math.max(...brokers.map(({ y, height }) => y + height)) + 14;
  const handle = (below - (middleOf(from) + middleOf(to)) / 8) / 0.75;
  return `M${rightOf(from)} ${middleOf(from) + 8} C${columns.broker} ${handle} ${columns.broker + card.width} ${handle} ${to.x} ${middleOf(to) + 8}`;
}

/** Between two boxes of one column, on its left. */
function bow(from: Box, to: Box): string {
  const out = from.x - 20 - Math.abs(to.y - from.y) / 4;
  return `M${from.x} ${middleOf(from) + 8} C${out} ${middleOf(from)} ${out} ${middleOf(to)} ${to.x} ${middleOf(to) + 8}`;
}

/** There and back, in two lines beside each other. */
function question({ asked, sender }: Meeting, layout: Layout): Markup {
  const place = asked === null || asked === sender.node ? undefined : (layout.brokers.get(asked) ?? layout.listeners.get(asked));
  if (place === undefined) return nothing;
  const from = { x: rightOf(layout.sender), y: middleOf(layout.sender) };
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    html`<path class="asked" marker-end="url(#asked)" d="M${x1} ${y1} L${x2} ${y2}"/>\n`;
  return html`${line(from.x, from.y - 16, place.x, middleOf(place) - 16)}${line(place.x, middleOf(place) - 6, from.x, from.y - 6)}`;
}

/** What one broker that stands for the whole of a strategy is told: `, mode static`. */
function setUp({ options }: Strategy, { brokers }: Meeting): string {
  if (brokers.length !== 1) return '';
  return Object.entries(options ?? {})
    .map(([name, value]) => (typeof value === 'number' ? `, ${value} ${name}` : `, ${name} ${value}`))
    .join('');
}

function boxes(meeting: Meeting, layout: Layout, told: string): Markup {
  const { nodes, brokers, sender, listening: listens, asked, recipient } = meeting;
  const directory = (node: string) => (asked === node ? ', directory' : '');
  const places = (node: string) => listens.filter((one) => one.node === node && layout.brokers.has(one.broker));
  const closed = brokers.filter(({ id }) => !layout.insides.has(id));
  return html`${labelled(layout.sender, 'node', `${sender.node}${directory(sender.node)}`, `${sender.user} writes to ${recipient.user}`)}${closed.map(
    ({ id, kind }) => labelled(layout.brokers.get(id), 'broker', id, `${kindInWords(kind)}${told}${directory(id)}`),
  )}${nodes.map(({ id, users }) => labelled(layout.listeners.get(id), 'node', `${id}: ${usersInWords(users)}`, `${listensInWords(places(id))}${directory(id)}`))}`;
}

function labelled(at: Box | undefined, role: string, name: string, words: string): Markup {
  return at === undefined
    ? nothing
    : html`<g class="${role}"><rect x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" rx="8"/><text class="name" x="${at.x + 12}" y="${at.y + 23}">${name}</text><text x="${at.x + 12}" y="${at.y + 43}">${words}</text></g>\n`;
}

/** Brokers that can be looked into: drawn first, since lines lead into them. */
function rooms({ brokers }: Meeting, { insides, brokers: at }: Layout): readonly Markup[] {
  return brokers.flatMap(({ id, kind }) => (insides.has(id) ? [labelled(at.get(id), 'broker', id, kindInWords(kind))] : []));
}

function exchanges({ insides }: Meeting, layout: Layout): readonly Markup[] {
  return insides.flatMap((inside) => {
    const at = layout.insides.get(inside.broker);
    return at === undefined ? [] : [insideLines(inside, at), insideBoxes(inside, at)];
  });
}

/** As many as fit. */
function usersInWords([one, other, ...others]: readonly string[]): string {
  return [[one, other].filter((user) => user !== undefined).join(', '), ...(others.length === 0 ? [] : [`+${others.length}`])].join(' ');
}

/** `2 channels at r1`, `1 at r1, 1 at r2` */
function listensInWords(places: Meeting['listening']): string {
  const [first, ...others] = places;
  if (first === undefined) return 'at itself';
  if (others.length === 0 && first.channels === 0) return `at ${first.broker}`;
  if (others.length === 0) return `${first.channels} ${first.channels === 1 ? 'channel' : 'channels'} at ${first.broker}`;
  return places.map(({ broker, channels }) => `${channels} at ${broker}`).join(', ');
}

const legendWords = {
  listening: 'listens',
  binding: 'bound',
  published: 'published',
  inside: 'inside the broker',
  relayed: 'relayed',
  useful: 'wanted there',
  wasted: 'dropped there',
  asked: 'question, answer',
} as const;

/** Only what the picture has, one behind the other; a letter is about 7 wide. */
function legend({ path, asked, sender, listening: listens, insides }: Meeting, { height, brokers }: Layout): Markup {
  const seen = new Set<string>(path.map(({ as }) => as));
  if (listens.some(({ broker }) => brokers.has(broker))) seen.add('listening');
  if (asked !== null && asked !== sender.node) seen.add('asked');
  if (insides.length > 0) seen.add('binding').add('inside');
  const y = height - 20;
  let x: number = columns.sender;
  const items = Object.entries(legendWords).filter(([as]) => seen.has(as));
  return html`${items.map(([as, words]) => {
    const item = html`<path class="${as}" d="M${x} ${y - 4} h26"/><text x="${x + 34}" y="${y}">${words}</text>\n`;
    x += 34 + words.length * 7 + 22;
    return item;
  })}`;
}

/** Okabe and Ito's colours, lighter in the dark; wasted and asked are told apart by their dashes too. */
const style = `
svg { --page: #ffffff; --text: #1f2328; --quiet: #57606a; --line: #c3cad2; --raised: #f6f8fa; --blue: #0072b2; --green: #00805d; --red: #c04f00; --purple: #a2487a; --orange: #b87e00; }
@media (prefers-color-scheme: dark) {
  svg { --page: #0f1319; --text: #e6edf3; --quiet: #a0aab5; --line: #4a545f; --raised: #171c24; --blue: #56b4e9; --green: #3ecfa0; --red: #ff8f4d; --purple: #e49bc0; --orange: #f0b429; }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--quiet); }
.name { font-size: 15px; font-weight: 650; fill: var(--text); }
.head { text-anchor: middle; }
.page { fill: var(--page); }
.node rect, .broker rect { fill: var(--raised); stroke-width: 1.5; stroke: var(--blue); }
.broker rect { stroke: var(--orange); }
path, line { fill: none; stroke-width: 2.5; }
.listening { stroke: var(--line); stroke-width: 6; }
.published { stroke: var(--blue); }
.relayed { stroke: var(--purple); }
.useful { stroke: var(--green); }
.wasted { stroke: var(--red); stroke-dasharray: 7 4; }
.asked { stroke: var(--purple); stroke-width: 2; stroke-dasharray: 2 4; }
marker path { stroke: none; }
.head-published path { fill: var(--blue); }
.head-relayed path, .head-asked path { fill: var(--purple); }
.head-useful path { fill: var(--green); }
.head-wasted path { fill: var(--red); }
`;
