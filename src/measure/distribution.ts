import * as v from 'valibot';
import { count, figure, said } from './recordFields.js';

/** Durations as they stand in a result. */
export const distributionSchema = v.strictObject({
  count: count('values recorded'),
  mean: figure('mean, ms'),
  max: figure('largest, ms'),
  quantiles: said(v.array(v.tuple([v.number(), v.number()])), 'pairs (quantile in [0, 1], ms)'),
  histogram: said(v.string(), 'HDR histogram of microseconds, compressed, base64 (hdr-histogram-js)'),
});

export type Distribution = v.InferOutput<typeof distributionSchema>;
