import * as v from 'valibot';
import { deeds } from './actions.js';
import { suggestion } from './nearest.js';
import { clientTransports, type Limits, type Scenario } from './types.js';

const someWords = 'must be words, at least one';
const words = v.pipe(v.string(someWords), v.nonEmpty(someWords));
const callable = v.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'must be a function');

function numberFrom(least: number, what: string) {
  return v.pipe(v.number(`must be ${what}`), v.finite(`must be ${what}`), v.minValue(least, `must be ${what}`));
}

function wholeFrom(least: number) {
  const what = `a whole number from ${least} on`;
  return v.pipe(v.number(`must be ${what}`), v.integer(`must be ${what}`), v.minValue(least, `must be ${what}`));
}

const aRate = 'a number above 0';
const rate = v.pipe(v.number(`must be ${aRate}`), v.finite(`must be ${aRate}`), v.gtValue(0, `must be ${aRate}`));

const size = v.strictObject(
  {
    nodes: wholeFrom(1),
    brokers: wholeFrom(1),
    users: wholeFrom(1),
    ratePerSecond: rate,
    seconds: rate,
    bytes: wholeFrom(1),
  },
  'must be { nodes, brokers, users, ratePerSecond, seconds, bytes }',
);

const count = v.optional(wholeFrom(0));

const limits = v.strictObject(
  {
    lost: count,
    duplicated: count,
    misdelivered: count,
    rejected: count,
    responseMsP99: v.optional(rate),
    uncertainShare: v.optional(v.pipe(numberFrom(0, 'a share from 0 to 1'), v.maxValue(1, 'must be a share from 0 to 1'))),
    failedConnects: count,
    wrongAnswers: count,
  } satisfies Record<keyof Limits, unknown>,
  'must be { lost: 0, ... }; a missing limit is not judged',
);

function someOf<Word extends string>(all: readonly Word[]) {
  const list = `must be a list of ${all.map((word) => `"${word}"`).join(', ')}, each at most once`;
  return v.pipe(
    v.array(v.picklist(all, `must be one of ${all.map((word) => `"${word}"`).join(', ')}`), list),
    v.check((given) => new Set(given).size === given.length, list),
  );
}

/** Every field of a scenario, each with what it must be; what its actions must be, `checkWorkload` says. */
const entries = {
  name: words,
  title: words,
  summary: words,
  question: words,
  answeredBy: v.array(words, 'must be a list of places in the result, like ["findings.spreadMs"]'),
  does: v.optional(someOf(deeds)),
  options: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]*$/, 'must have a name that --set can give: letters, digits, - and _')),
      v.union([v.pipe(v.number(), v.finite()), words], 'must be the default, a number or a word'),
      'must be { name: default }',
    ),
  ),
  sizes: v.strictObject({ smoke: size, full: size }, 'must be { smoke, full }'),
  limits,
  transports: v.optional(v.pipe(someOf(clientTransports), v.nonEmpty('must name one; without it all connect over WebSocket'))),
  devices: v.optional(callable),
  rooms: v.optional(callable),
  actions: callable,
} satisfies Record<keyof Scenario, unknown>;

const scenarioSchema = v.strictObject(entries);
/** The fields of the parts that have some, by the path of the part. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(entries),
  sizes: ['smoke', 'full'],
  'sizes.smoke': Object.keys(size.entries),
  'sizes.full': Object.keys(size.entries),
  limits: Object.keys(limits.entries),
};

/** What is wrong with a default export, one field each with its path; empty: it has the shape of a scenario. */
export function wrongScenarioFields(exported: object): string[] {
  const { issues = [] } = v.safeParse(scenarioSchema, exported);
  return issues.map((issue) => `${v.getDotPath(issue)}: ${problem(issue)}`);
}

function problem(issue: v.BaseIssue<unknown>): string {
  const path = (v.getDotPath(issue) ?? '').split('.');
  const isObject = issue.type === 'strict_object';
  if (isObject && issue.expected === 'never')
    return `is no field${suggestion(path.at(-1) ?? '', fieldsOf[path.slice(0, -1).join('.')] ?? [])}`;
  if (isObject && issue.received === 'undefined') return 'is missing';
  return issue.type === 'non_empty' ? `${issue.message}, and is empty` : `${issue.message}, not ${issue.received}`;
}
