/** What shows tests in a CI reads this. What was judged and did not pass is a failure there, what nobody can say an error, what was not looked at skipped. */
export interface JunitCase {
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'unknown' | 'skipped';
  readonly seconds?: number;
  /** Why it did not pass, or was not looked at; the first of them is the headline. */
  readonly words?: readonly string[];
}

export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
  /** Absent: the sum of its cases. */
  readonly seconds?: number;
  /** When it began, ISO 8601. */
  readonly startedAt?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** The document of all suites; `name` is what ran them, as `bench gate`. */
export function junitText(name: string, suites: readonly JunitSuite[]): string {
  const body = suites.map((suite) => suiteText(name, suite));
  return ['<?xml version="1.0" encoding="UTF-8"?>', element('testsuites', { name }, body.join('\n')), ''].join('\n');
}

function suiteText(of: string, suite: JunitSuite): string {
  const { name, cases, startedAt, properties = {} } = suite;
  const count = (status: JunitCase['status']) => String(cases.filter((one) => one.status === status).length);
  const figures = { tests: String(cases.length), failures: count('fail'), errors: count('unknown'), skipped: count('skipped') };
  const attributes = { name, ...figures, time: secondsOf(suite).toFixed(3), ...(startedAt === undefined ? {} : { timestamp: startedAt }) };
  const classname = `${of}.${name}`.replaceAll(' ', '.');
  return element('testsuite', attributes, [...propertiesText(properties), ...cases.map((one) => caseText(classname, one))].join('\n'));
}

function secondsOf({ seconds, cases }: JunitSuite): number {
  return seconds ?? cases.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
}

function propertiesText(properties: Readonly<Record<string, string>>): readonly string[] {
  const each = Object.entries(properties).map(([name, value]) => element('property', { name, value }));
  return each.length === 0 ? [] : [element('properties', {}, each.join('\n'))];
}

const outcomes = { fail: 'failure', unknown: 'error', skipped: 'skipped' } as const;

function caseText(classname: string, { name, status, seconds = 0, words = [] }: JunitCase): string {
  const attributes = { classname, name, time: seconds.toFixed(3) };
  if (status === 'pass') return element('testcase', attributes);
  const [message = ''] = words;
  return element(
    'testcase',
    attributes,
    `<${outcomes[status]} message="${escaped(message)}">${escaped(words.join('\n'))}</${outcomes[status]}>`,
  );
}

function element(name: string, attributes: Readonly<Record<string, string>>, body = ''): string {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ');
  return body === '' ? `<${head}/>` : `<${head}>\n${body}\n</${name}>`;
}

/** XML 1.0 has no place for control characters, nor for halves of surrogate pairs, however they are written. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\n\r\t]|[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
