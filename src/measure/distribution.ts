import * as v from 'valibot';

const said = <S extends v.GenericSchema>(schema: S, words: string) => v.pipe(schema, v.description(words));
const figure = (words: string) => said(v.nullable(v.number()), words);

/** Durations as they stand in a result. */
export const distributionSchema = v.strictObject({
  count: said(v.pipe(v.number(), v.integer(), v.minValue(0)), 'values recorded'),
  mean: figure('mean, ms'),
  max: figure('largest, ms'),
  quantiles: said(v.array(v.tuple([v.number(), v.number()])), 'pairs (quantile in [0, 1], ms)'),
  histogram: said(v.string(), 'HDR histogram of microseconds, compressed, base64 (hdr-histogram-js)'),
});

export type Distribution = v.InferOutput<typeof distributionSchema>;
