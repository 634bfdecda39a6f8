import { type Box, middleOf, straight } from './box.js';
import { html, type Markup } from './html/markup.js';
import { type Inside, typeInWords } from './inside.js';

/** Columns inside a broker, from its left edge: the first exchange, those behind it, and the queues. */
const columns = { first: { x: 12, width: 116 }, behind: { x: 156, width: 44 }, queue: { x: 228, width: 76 } } as const;
export const insideWidth = columns.queue.x + columns.queue.width + 12;
const height = 34;

/** Where everything inside one broker stands. */
export interface InsideLayout {
  readonly first: Box;
  readonly behind: ReadonlyMap<string, Box>;
  readonly queues: ReadonlyMap<string, Box>;
}

/** Each queue stands beside its node. */
export function insideLayout({ behind }: Inside, broker: Box, nodes: ReadonlyMap<string, Box>): InsideLayout {
  const at = ({ x, width }: { readonly x: number; readonly width: number }, middle: number): Box => ({
    ...{ x: broker.x + x, y: middle - height / 2, width, height },
  });
  const middles = [...nodes.values()].map(middleOf);
  const [top, bottom] = [Math.min(...middles), Math.max(...middles)];
  const between = (index: number) => (behind.length < 2 ? (top + bottom) / 2 : top + ((bottom - top) * index) / (behind.length - 1));
  return {
    first: at(columns.first, (top + bottom) / 2),
    behind: new Map(behind.map((name, index) => [name, at(columns.behind, between(index))])),
    queues: new Map([...nodes].map(([node, box]) => [node, at(columns.queue, middleOf(box))])),
  };
}

/** What is bound to what, and over it the way of the message. */
export function insideLines({ behind, bound, taken }: Inside, layout: InsideLayout): Markup {
  const bindings = [
    ...behind.map((exchange) => hop(layout, exchange, null)),
    ...bound.map(({ exchange, node }) => hop(layout, exchange, node)),
  ];
  const ways = taken.flatMap(({ exchange, node }) => [
    ...(exchange === null ? [] : [hop(layout, exchange, null)]),
    hop(layout, exchange, node),
  ]);
  return html`${bindings.flat().map((way) => html`<path class="binding" d="${way}"/>\n`)}${ways
    .flat()
    .map((way) => html`<path class="inside" marker-end="url(#inside)" d="${way}"/>\n`)}`;
}

/** From the first exchange to one behind it (`node` null), or from an exchange to the queue of a node. */
function hop({ first, behind, queues }: InsideLayout, exchange: string | null, node: string | null): readonly string[] {
  const named = exchange === null ? first : behind.get(exchange);
  const [from, to] = node === null ? [first, named] : [named, queues.get(node)];
  return from === undefined || to === undefined ? [] : [straight(from, to)];
}

export function insideBoxes({ type }: Inside, { first, behind, queues }: InsideLayout): Markup {
  const box = (of: Box, ...lines: readonly string[]) =>
    html`<g class="part"><rect x="${of.x}" y="${of.y}" width="${of.width}" height="${of.height}" rx="5"/>${lines.map(
      (line, index) =>
        html`<text x="${of.x + of.width / 2}" y="${middleOf(of) + 4.5 + (index - (lines.length - 1) / 2) * 14}">${line}</text>`,
    )}</g>\n`;
  return html`${box(first, typeInWords(type), 'exchange')}${[...behind].map(([name, of]) => box(of, name))}${[...queues].map(([node, of]) =>
    box(of, `queue ${node}`),
  )}`;
}

/** Beside the style of the picture. */
export const insideStyle = `.inside { stroke: var(--purple); }
.binding { stroke: var(--line); stroke-width: 2; }
.part rect { fill: var(--page); stroke-width: 1; stroke: var(--orange); }
.part text { text-anchor: middle; }
.head-inside path { fill: var(--purple); }
`;
