import type { Result } from '../../measure/result.js';
import type { Broker } from '../../routing/types.js';
import type { Language } from '../language.js';
import { brokersApart, loadOf } from '../loads.js';
import { figuresIn } from '../numbers.js';
import type { Place } from './topologyLines.js';
import { topologyWords } from './topologyWords.js';

/** Of a role: among more boxes nobody can follow a line. */
const mostShown = 6;

export interface Box {
  /** Whom it stands for: one, or those beyond what a picture can show. */
  readonly ids: readonly string[];
  readonly name: string;
  readonly words: string;
  readonly mark?: string;
  /** The words are of the result. */
  readonly recorded?: boolean;
  readonly role: 'node' | 'broker' | 'directory' | 'store' | 'more';
}

export interface Boxes<Of extends Box = Box & Place> {
  readonly nodes: readonly Of[];
  readonly brokers: readonly Of[];
  /** None where nothing ran. */
  readonly store: readonly Of[];
}

type Listed = Pick<Broker, 'id' | 'directoryOnly' | 'relaysTo'>;

/** It passes on no messages. */
export function isDirectory({ directoryOnly }: Listed): boolean {
  return directoryOnly === true;
}

/** All of the topology and of the result, which a model of very many does not list. */
export function nodeIds({ nodes, plan: { topology } }: Result): readonly string[] {
  return [...new Set([...topology.nodes, ...nodes.map(({ id }) => id)])];
}

/** Likewise, without the nodes of a mesh; directories first, so that none is among those that are too many. */
export function brokersOf(result: Result): readonly Listed[] {
  const brokers: readonly Listed[] = result.plan.topology.brokers;
  const known = new Set(brokers.map(({ id }) => id));
  const all = [...brokers, ...brokersApart(result).filter(({ id }) => !known.has(id))];
  return [...all.filter(isDirectory), ...all.filter((broker) => !isDirectory(broker))];
}

/** Nodes on the left, brokers and the store on the right; without brokers the nodes have both sides. */
export function boxesOf(result: Result, language: Language): Boxes {
  const nodes = nodeBoxes(result, language);
  const brokers = brokerBoxes(result, language);
  const left = brokers.length > 0 ? nodes.length : Math.ceil(nodes.length / 2);
  const others = nodes.slice(left);
  return {
    nodes: [...column('left', nodes.slice(0, left)), ...column('right', others)],
    brokers: column('right', brokers),
    store: column('right', storeBox(result, language), others.length + brokers.length),
  };
}

function column(side: Place['side'], boxes: readonly Box[], from = 0): readonly (Box & Place)[] {
  return boxes.map((each, index) => ({ ...each, side, row: from + index }));
}

function nodeBoxes(result: Result, language: Language): readonly Box[] {
  const { node: said, noFigures } = topologyWords[language];
  const figures = new Map(result.nodes.map((node) => [node.id, said(node.connections, loadOf(node).received)]));
  const boxOf = ({ id }: Named): Box => ({ ids: [id], name: id, words: figures.get(id) ?? noFigures, role: 'node' });
  const all = nodeIds(result).map((id) => ({ id }));
  return shortened({ all, boxOf, what: 'nodes', hasFigures: figures.size > 0 }, language);
}

function brokerBoxes(result: Result, language: Language): readonly Box[] {
  const { whole } = figuresIn(language);
  const { broker: said, noFigures, embedded, directory } = topologyWords[language];
  const figures = new Map(brokersApart(result).map((broker) => [broker.id, broker]));
  const boxOf = (listed: Listed): Box => {
    const known = figures.get(listed.id);
    const words = known === undefined ? noFigures : said(whole(known.in), whole(known.out));
    const box = { ids: [listed.id], name: listed.id, words };
    if (isDirectory(listed)) return { ...box, role: 'directory', mark: directory };
    return { ...box, role: 'broker', ...(known?.embedded ? { mark: embedded } : {}) };
  };
  return shortened({ all: brokersOf(result), boxOf, what: 'brokers', hasFigures: figures.size > 0 }, language);
}

function storeBox({ environment }: Result, language: Language): readonly Box[] {
  const { store } = environment.brokers;
  if (store === undefined) return [];
  return [{ ids: [], name: topologyWords[language].storeName, words: store, role: 'store', recorded: true }];
}

interface Named {
  readonly id: string;
}

interface Role<Of extends Named> {
  readonly all: readonly Of[];
  readonly what: 'nodes' | 'brokers';
  /** Those beyond the picture are in the tables. */
  readonly hasFigures: boolean;
  boxOf(one: Of): Box;
}

/** The last of too many stands for all that are not shown. */
function shortened<Of extends Named>({ all, what, hasFigures, boxOf }: Role<Of>, language: Language): readonly Box[] {
  if (all.length <= mostShown) return all.map(boxOf);
  const [shown, others] = [all.slice(0, mostShown - 1), all.slice(mostShown - 1)];
  const { more, below, noFigures } = topologyWords[language];
  const name = `+ ${figuresIn(language).whole(others.length)} ${more[what]}`;
  return [...shown.map(boxOf), { ids: others.map(({ id }) => id), name, words: hasFigures ? below : noFigures, role: 'more' }];
}
