import { type BrokerFigure, brokerFigures, type Loads, type NodeFigure, nodeFigures, type Places } from './loads.js';

/** A stated error is so many standard deviations: of many thousand figures hardly one of a run lies beyond. */
const deviations = 5;

/** A figure of every place, with its error. */
export interface Column {
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

/** A figure over all places of a role. */
export interface Spread {
  /** Of all places, and how far off it may be. */
  readonly mean: number;
  readonly error: number;
  /** The place with the most, its error apart. */
  readonly most: number;
  readonly mostError: number;
}

export interface Estimate {
  readonly nodes: Readonly<Record<NodeFigure, Column>>;
  readonly brokers: Readonly<Record<BrokerFigure, Column>>;
  readonly deliveries: number;
  readonly deliveriesError: number;
  readonly perNode: Readonly<Record<NodeFigure, Spread>>;
  /** By kind: brokers of one kind carry alike. */
  readonly perBroker: ReadonlyMap<string, Readonly<Record<BrokerFigure, Spread>>>;
}

/** How much of what differs from batch to batch also differs from run to run. */
interface Weights {
  /** Messages of the run for each message of a batch. */
  readonly scale: number;
  /** Variance of a run beside that of a batch that was scaled to it. */
  readonly runShare: number;
}

/** Sums up batches, each an independent draw of the same; figures are scaled to the run. */
export class Batches {
  readonly #scale: number;
  readonly #runShare: number;
  readonly #rowsByKind: ReadonlyMap<string, readonly number[]>;
  #count = 0;
  readonly #sums = new Map<string, Sums>();

  constructor({ rowsByKind }: Places, { scale, runShare }: Weights) {
    this.#rowsByKind = rowsByKind;
    this.#scale = scale;
    this.#runShare = runShare;
  }

  add(loads: Loads): void {
    this.#count++;
    for (const figure of nodeFigures) this.#addTo(`nodes ${figure}`, loads.nodes[figure]);
    for (const figure of brokerFigures) {
      const column = loads.brokers[figure];
      this.#addTo(`brokers ${figure}`, column);
      for (const [kind, rows] of this.#rowsByKind)
        this.#addTo(
          `${kind} ${figure}`,
          Float64Array.from(rows, (row) => column[row] ?? 0),
        );
    }
    this.#addTo('deliveries', Float64Array.of(loads.deliveries));
  }

  estimate(): Estimate {
    const node = (figure: NodeFigure) => this.#sumsOf(`nodes ${figure}`);
    const kinds = [...this.#rowsByKind.keys()];
    const ofKind = (kind: string) => record(brokerFigures, (figure) => this.#spread(this.#sumsOf(`${kind} ${figure}`)));
    const deliveries = this.#spread(this.#sumsOf('deliveries'));
    return {
      nodes: record(nodeFigures, (figure) => this.#column(node(figure))),
      brokers: record(brokerFigures, (figure) => this.#column(this.#sumsOf(`brokers ${figure}`))),
      deliveries: deliveries.mean,
      deliveriesError: deliveries.error,
      perNode: record(nodeFigures, (figure) => this.#spread(node(figure))),
      perBroker: new Map(kinds.map((kind) => [kind, ofKind(kind)])),
    };
  }

  #addTo(name: string, values: Float64Array): void {
    const sums = this.#sums.get(name) ?? new Sums(values.length);
    this.#sums.set(name, sums);
    sums.add(values, this.#scale);
  }

  #sumsOf(name: string): Sums {
    return this.#sums.get(name) ?? new Sums(0);
  }

  #column({ first, second }: Sums): Column {
    return { mean: first.map((sum) => sum / this.#count), error: first.map((sum, place) => this.#error(sum, second[place] ?? 0)) };
  }

  /** Of the mean over all places the error is small where those of the places are large: what one has more another has less. */
  #spread(sums: Sums): Spread {
    const places = sums.first.length;
    if (places === 0) return { mean: 0, error: 0, most: 0, mostError: 0 };
    const most = sums.first.reduce((best, sum, place) => (sum > (sums.first[best] ?? 0) ? place : best), 0);
    return {
      mean: sums.total / this.#count / places,
      error: this.#error(sums.total, sums.totalSquares) / places,
      most: (sums.first[most] ?? 0) / this.#count,
      mostError: this.#error(sums.first[most] ?? 0, sums.second[most] ?? 0),
    };
  }

  /** How far a run may be from the mean of the batches: the variance of that mean, and that of the run. */
  #error(sum: number, squares: number): number {
    if (this.#count < 2) return 0;
    const mean = sum / this.#count;
    const variance = Math.max(0, (squares - this.#count * mean * mean) / (this.#count - 1));
    // Rounding leaves about this much of a sum of squares in which nothing differs.
    const real = variance > 1e-12 * mean * mean ? variance : 0;
    return deviations * Math.sqrt(real * (1 / this.#count + this.#runShare));
  }
}

/** Sums and sums of squares over batches, place by place and over all places. */
class Sums {
  readonly first: Float64Array;
  readonly second: Float64Array;
  total = 0;
  totalSquares = 0;

  constructor(places: number) {
    this.first = new Float64Array(places);
    this.second = new Float64Array(places);
  }

  add(values: Float64Array, scale: number): void {
    let all = 0;
    for (let place = 0; place < values.length; place++) {
      const value = (values[place] ?? 0) * scale;
      all += value;
      this.first[place] = (this.first[place] ?? 0) + value;
      this.second[place] = (this.second[place] ?? 0) + value * value;
    }
    this.total += all;
    this.totalSquares += all * all;
  }
}

function record<Figure extends string, T>(figures: readonly Figure[], of: (figure: Figure) => T): Record<Figure, T> {
  return Object.fromEntries(figures.map((figure) => [figure, of(figure)])) as Record<Figure, T>;
}
