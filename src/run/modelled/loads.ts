import type { BrokerId, NodeId, Topology } from '../../routing/types.js';
import { meshKind } from '../nodesAsBrokers.js';

/** What is counted at a node, by the words of NodeCore. `asked`: questions to directories, each with its answer. */
export const nodeFigures = ['fromClients', 'published', 'received', 'useful', 'wasted', 'deliveredToSockets', 'asked'] as const;
export type NodeFigure = (typeof nodeFigures)[number];

/** What is counted at a broker, or at a node as one. `asked`: questions it answered as a place of a directory; bytes are those of frames alone; `carried`: deliveries that went through it. */
export const brokerFigures = ['in', 'out', 'relayed', 'asked', 'bytesIn', 'bytesOut', 'carried'] as const;
export type BrokerFigure = (typeof brokerFigures)[number];

type Columns<Figure extends string> = Readonly<Record<Figure, Float64Array>>;

/** Loads of every node and every broker; nodes are numbered as in the topology, and stand as brokers behind the listed ones. */
export class Loads {
  readonly nodes: Columns<NodeFigure>;
  readonly brokers: Columns<BrokerFigure>;
  messages = 0;
  deliveries = 0;

  constructor(places: Places) {
    this.nodes = columns(nodeFigures, places.nodes);
    this.brokers = columns(brokerFigures, places.rows);
  }

  add(column: Float64Array, place: number, amount: number): void {
    column[place] = (column[place] ?? 0) + amount;
  }
}

function columns<Figure extends string>(figures: readonly Figure[], places: number): Columns<Figure> {
  return Object.fromEntries(figures.map((figure) => [figure, new Float64Array(places)])) as Record<Figure, Float64Array>;
}

/** Which row of the loads a broker has. */
export class Places {
  readonly nodes: number;
  readonly brokers: number;
  /** Rows of brokers: the listed ones, and behind them the nodes where they speak to each other. */
  readonly rows: number;
  /** Of the listed brokers, and of the nodes where they speak to each other. */
  readonly rowsByKind: ReadonlyMap<string, readonly number[]>;
  readonly #index: ReadonlyMap<BrokerId, number>;

  constructor({ nodes, brokers }: Topology, mesh: boolean) {
    this.nodes = nodes.length;
    this.brokers = brokers.length;
    this.rows = brokers.length + (mesh ? nodes.length : 0);
    const kinds = [...brokers.map(({ kind }) => kind), ...(mesh ? nodes.map(() => meshKind) : [])];
    this.rowsByKind = rowsByKind(kinds);
    this.#index = new Map([...brokers.map(({ id }) => id), ...nodes].map((id, index) => [id, index]));
  }

  of(broker: BrokerId): number {
    const index = this.#index.get(broker);
    if (index === undefined) throw new RangeError(`[${broker}] is neither a broker nor a node of the topology; the strategy names it`);
    return index;
  }

  /** The node that a row of the brokers is; undefined: it is a listed broker. */
  nodeAt(index: number): number | undefined {
    return index < this.brokers ? undefined : index - this.brokers;
  }

  nodeOf(id: NodeId): number {
    return this.of(id) - this.brokers;
  }
}

function rowsByKind(kinds: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, kind] of kinds.entries()) {
    const known = rows.get(kind);
    if (known === undefined) rows.set(kind, [row]);
    else known.push(row);
  }
  return rows;
}
