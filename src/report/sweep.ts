import * as v from 'valibot';
import { type Observation, powersOf } from '../measure/powers.js';
import type { Result } from '../measure/result.js';
import { pointOf, type Variable, variableNames } from '../plan/variation.js';
import { growthFigureNames, growthFiguresOf, modelledFiguresOf } from './growthFigures.js';
import { outlookRowSchema } from './outlookSchema.js';
import { readRecord, recordText } from './record.js';
import { figure, notRun, seriesHead, status } from './series.js';

/** Strategies at several sizes and how each figure grows between them: sweep.json, beside the folder of each run. */
const at = v.partial(
  v.strictObject(Object.fromEntries(variableNames.map((name) => [name, v.number()])) as Record<Variable, v.NumberSchema<undefined>>),
);

const figures = v.strictObject(Object.fromEntries(growthFigureNames.map((name) => [name, figure])) as Record<GrowthFigure, typeof figure>);

const point = v.strictObject({
  strategy: v.string(),
  /** Of its own result.json and report.html, relative to this file. */
  folder: v.string(),
  /** What the strategy made of the size that was asked for. */
  at,
  status,
  reasons: v.array(v.string()),
  embedded: v.boolean(),
  figures,
  /** The same by the model of the run; null: it says nothing of it. Absent: it cannot say anything. */
  model: v.optional(figures),
});

const growth = v.strictObject({
  strategy: v.string(),
  figure: v.picklist(growthFigureNames),
  against: v.picklist(variableNames),
  /** The figure grows as this power of the variable, by least squares on logarithms; null: it cannot be said, `why` not. */
  exponent: figure,
  /** Standard error of the exponent; null: there are too few points to say how good the fit is. */
  error: figure,
  why: v.optional(v.string()),
});

export const sweepSchema = v.strictObject({
  ...seriesHead,
  vary: v.array(v.strictObject({ name: v.picklist(variableNames), values: v.array(v.number()) })),
  points: v.array(point),
  growth: v.array(growth),
  /** What the model says of each strategy at its first size, and what of the plan a page needs to model it at others. */
  outlooks: v.optional(v.fallback(v.array(outlookRowSchema), [])),
  added: v.array(notRun),
  leftOut: v.array(notRun),
  failed: v.array(notRun),
});

export type GrowthFigure = (typeof growthFigureNames)[number];
export type Sweep = v.InferOutput<typeof sweepSchema>;
export type SweepPoint = v.InferOutput<typeof point>;
export type Growth = v.InferOutput<typeof growth>;

export function sweepPointOf(result: Result, folder: string, vary: Sweep['vary']): SweepPoint {
  const { plan, verdict, brokers } = result;
  const model = modelledFiguresOf(result);
  return {
    strategy: plan.strategy.name,
    folder,
    at: pointOf(
      plan.size,
      vary.map(({ name }) => name),
    ),
    status: verdict.status,
    reasons: verdict.reasons,
    embedded: brokers.some(({ embedded }) => embedded),
    figures: growthFiguresOf(result),
    ...(model === null ? {} : { model }),
  };
}

/** Every figure of every strategy against each variable. Points that failed count no less: what they measured is measured. */
export function growthOf(points: readonly SweepPoint[], vary: Sweep['vary']): Growth[] {
  const strategies = [...new Set(points.map(({ strategy }) => strategy))];
  return strategies.flatMap((strategy) => {
    const own = points.filter((one) => one.strategy === strategy);
    return growthFigureNames.flatMap((name) => powersOfFigure(own, name, vary).map((power) => ({ strategy, figure: name, ...power })));
  });
}

type Fitted = Pick<Growth, 'against' | 'exponent' | 'error' | 'why'>;

function powersOfFigure(points: readonly SweepPoint[], name: GrowthFigure, vary: Sweep['vary']): readonly Fitted[] {
  const variables = vary.map((one) => one.name);
  const why = whyNot(points, name);
  const powers = why === null ? powersOf(points.map((point) => observed(point, name, variables))) : [];
  return variables.map((against, index) => {
    const power = powers[index];
    if (power !== null && power !== undefined) return { against, ...power };
    return {
      against,
      exponent: null,
      error: null,
      why: why ?? `it runs with no different ${against}, or always changes them with another variable`,
    };
  });
}

function observed({ at: sizes, figures }: SweepPoint, name: GrowthFigure, variables: readonly Variable[]): Observation {
  return { at: variables.map((variable) => sizes[variable] ?? 0), value: figures[name] ?? 0 };
}

function whyNot(points: readonly SweepPoint[], name: GrowthFigure): string | null {
  const values = points.map(({ figures }) => figures[name]);
  if (values.includes(null)) return 'nobody knows the figure at some of the points';
  if (values.every((value) => value === 0)) return 'there is none of it';
  return values.includes(0) ? 'it is 0 at some of the points, and 0 is no power of anything' : null;
}

export function sweepText(sweep: Sweep): string {
  return recordText(sweepSchema, 'sweep', sweep);
}

/** The sweep in a text. `where` names the file in errors. */
export function readSweep(text: string, where: string): Sweep {
  return readRecord(sweepSchema, 'sweep', text, where);
}
