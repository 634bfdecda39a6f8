import type { Result } from '../../measure/result.js';
import { isMesh } from '../describe.js';
import type { Language } from '../language.js';
import { html, type Markup, nothing } from './markup.js';
import type { Section } from './section.js';
import { type Box, type Boxes, boxesOf, brokersOf, isDirectory, nodeIds } from './topologyBoxes.js';
import { box, cornerOf, lineBetween, type Pair, type Place, viewBoxOf } from './topologyLines.js';
import { topologyWords } from './topologyWords.js';

type Drawn = Box & Place;

/** Nodes and brokers with their connections: a node opens one to every broker of the topology, and in a mesh to every other node. */
export function topologySection(result: Result, language: Language): Section {
  const boxes = boxesOf(result, language);
  const lines = linesOf(boxes, result);
  const all = [...boxes.nodes, ...boxes.brokers, ...boxes.store];
  const words = caption(result, language);
  return {
    id: 'topology',
    title: topologyWords[language].titles[result.source],
    body: html`<figure class="topology"><svg viewBox="${viewBoxOf(all, Object.values(lines).flat())}" role="img" aria-label="${words}">
${Object.entries(lines).map(([kind, pairs]) => pairs.map((pair) => lineBetween(pair, kind)))}
${all.map((each) => drawn(each, language))}
</svg><figcaption>${words}</figcaption></figure>`,
  };
}

type Lines = Readonly<Record<'connection' | 'peer' | 'relay', readonly Pair<Drawn>[]>>;

function linesOf({ nodes, brokers }: Boxes, result: Result): Lines {
  const relays = relaysOf(result);
  return {
    connection: nodes.flatMap((node) => brokers.map((broker) => [node, broker] as const)),
    peer: isMesh(result) ? everyTwo(nodes) : [],
    relay: everyTwo(brokers).filter(([one, other]) => relays(one, other) || relays(other, one)),
  };
}

function everyTwo(places: readonly Drawn[]): readonly Pair<Drawn>[] {
  return places.flatMap((one, index) => places.slice(index + 1).map((other) => [one, other] as const));
}

/** Whether a broker of one box hands on to one of another. */
function relaysOf(result: Result): (from: Box, to: Box) => boolean {
  const relaysTo = new Map(brokersOf(result).map((broker) => [broker.id, broker.relaysTo ?? []]));
  return (from, to) => from.ids.some((id) => relaysTo.get(id)?.some((other) => to.ids.includes(other)));
}

function caption(result: Result, language: Language): string {
  const { wouldBe, connected, linked, relays, directoryOnly, store } = topologyWords[language];
  const [nodes, brokers] = [nodeIds(result).length, brokersOf(result)];
  const directories = brokers.filter(isDirectory).length;
  const isLinked = isMesh(result) && nodes > 1;
  const sentences = [
    [wouldBe, result.source !== 'live' && (isLinked || brokers.length > 0)],
    [connected({ nodes, brokers: brokers.length - directories, directories }), true],
    [linked, isLinked],
    [relays, brokers.some(({ relaysTo = [] }) => relaysTo.length > 0)],
    [directoryOnly, directories > 0],
    [store, result.environment.brokers.store !== undefined],
  ] as const;
  return sentences.flatMap(([words, holds]) => (holds ? [words] : [])).join(' ');
}

/** About what fits; the tables have the whole names. */
const longest = { name: 15, words: 22 } as const;

function drawn({ name, words: said, mark = '', role, recorded = false, ...place }: Drawn, language: Language): Markup {
  const { x, y } = cornerOf(place);
  const isName = role !== 'store' && role !== 'more';
  const english = language === 'en' ? nothing : html` lang="en"`;
  return html`<g class="${role}"><rect x="${x + 0.5}" y="${y + 0.5}" width="${box.width - 1}" height="${box.height - 1}" rx="6"/>
<text x="${x + 10}" y="${y + 18}" class="name"${isName ? english : nothing}>${short(name, mark === '' ? longest.name : longest.name / 2)}</text>
<text x="${x + box.width - 8}" y="${y + 18}" class="mark">${mark}</text>
<text x="${x + 10}" y="${y + 34}"${recorded ? english : nothing}>${short(said, longest.words)}</text></g>\n`;
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
