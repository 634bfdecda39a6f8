import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import type { Distribution } from './result.js';
import type { Tally } from './tally.js';

/** An HDR histogram of microseconds, compressed and base64-encoded as hdr-histogram-js does. */
export type HistogramBytes = string;

const longestUs = 3_600_000_000;
const quantiles = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1];

/** Durations in ms, kept as an HDR histogram of microseconds: 3 significant digits, from 0 to 1 hour. */
export class Latency implements Tally<number> {
  readonly #histogram: Histogram;

  constructor(histogram?: Histogram) {
    this.#histogram = histogram ?? build({ highestTrackableValue: longestUs, numberOfSignificantValueDigits: 3, autoResize: false });
  }

  static fromBytes(bytes: HistogramBytes): Latency {
    return new Latency(decodeFromCompressedBase64(bytes));
  }

  /** What is below 0 or above 1 hour counts as the nearest that is not; whoever compares two clocks counts what is below 0 apart. */
  add(ms: number): void {
    this.#histogram.recordValue(Math.min(Math.max(Math.round(ms * 1000), 0), longestUs));
  }

  merge(other: Latency): void {
    this.#histogram.add(other.#histogram);
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  get meanMs(): number | null {
    return this.count === 0 ? null : this.#histogram.mean / 1000;
  }

  get maxMs(): number | null {
    return this.count === 0 ? null : this.#histogram.maxValue / 1000;
  }

  /** The duration that this share of all does not exceed, ms. */
  quantileMs(quantile: number): number | null {
    return this.count === 0 ? null : this.#histogram.getValueAtPercentile(quantile * 100) / 1000;
  }

  toBytes(): HistogramBytes {
    return encodeIntoCompressedBase64(this.#histogram);
  }
}

export function distributionOf(latency: Latency): Distribution {
  return {
    count: latency.count,
    mean: latency.meanMs,
    max: latency.maxMs,
    quantiles: latency.count === 0 ? [] : quantiles.map((quantile) => [quantile, latency.quantileMs(quantile) ?? 0]),
    histogram: latency.toBytes(),
  };
}
