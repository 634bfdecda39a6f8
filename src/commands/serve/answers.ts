import { BenchError, wordsOf } from '../../error.js';
import type { Side } from '../../report/beside.js';
import { comparedOf } from '../../report/comparison.js';
import { formatNames, formatted } from '../../report/formats.js';
import { besidePage } from '../../report/html/beside.js';
import { policyOf } from '../../report/html/document.js';
import { listingPage, noticePage, pathInUrl } from '../../report/html/listing.js';
import type { Language } from '../../report/language.js';
import { type Choice, sortKeys, standardChoice } from '../../report/listing.js';
import { type Kept, recordKinds } from '../../report/records.js';
import { rowTraffic } from '../../report/rowTraffic.js';
import { isAdapter } from '../controls.js';
import type { ResultsFolder } from './folder.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What is answered to a GET of a path and its query; the path is still encoded. */
export async function answerTo(path: string, query: URLSearchParams, folder: ResultsFolder, language: Language): Promise<Answer> {
  try {
    if (path === '/') return withForms(listingPage(await folder.list(), choiceOf(query), language));
    if (path === '/compare') return withCharts(await beside(query.getAll('of'), folder, language));
    return await fileAt(path, folder, language);
  } catch (error) {
    if (!(error instanceof BenchError) || error.fault === 'bug') throw error;
    return notice(error.fault === 'usage' ? 400 : 500, wordsOf(error), language);
  }
}

export function notice(status: number, why: string, language: Language): Answer {
  return page(status, noticePage(`${status}`, why, language), policyOf({}));
}

const withForms = (body: string) => page(200, body, policyOf({ forms: true }));
const withCharts = (body: string) => page(200, body, policyOf({ charts: {} }));

function page(status: number, body: string, policy: string): Answer {
  return {
    status,
    body,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `${policy}; frame-ancestors 'none'` },
  };
}

/** A value that is none of those there are is the standard one: the page has links and forms for all of them. */
function choiceOf(query: URLSearchParams): Choice {
  const verdicts = ['pass', 'fail', 'unknown', 'unreadable'] as const;
  return {
    sort: sortKeys.find((key) => key === query.get('sort')) ?? standardChoice.sort,
    descending: query.has('order') ? query.get('order') === 'down' : standardChoice.descending,
    words: query.get('words') ?? '',
    verdict: verdicts.find((one) => one === query.get('verdict')) ?? 'all',
    kind: recordKinds.find((one) => one === query.get('kind')) ?? 'all',
    inside: query.get('inside') === 'yes',
  };
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** Only what a format makes of a record is a file here: nothing of the disk is handed out as it lies there. */
async function fileAt(path: string, folder: ResultsFolder, language: Language): Promise<Answer> {
  const segments = segmentsOf(path);
  const name = segments?.at(-1) ?? '';
  const [first = '', ...others] = segments ?? [];
  const target = segments === undefined ? undefined : await folder.linked(first);
  if (target !== undefined) return redirect(`/${[pathInUrl(target), ...others.map(encodeURIComponent)].join('/')}`);
  const kept = segments === undefined ? undefined : await folder.keptAt(segments.slice(0, -1).join('/'));
  if (kept === undefined || segments === undefined) return notice(404, 'There is no such page here.', language);
  for (const format of formatNames) {
    const file = mayMake(format, name) ? (await formatted(format, kept, language)).find((one) => one.path === name) : undefined;
    if (file === undefined) continue;
    if (format === 'html') return withCharts(String(file.content));
    return {
      status: 200,
      body: file.content,
      headers: { 'content-type': types[name.split('.').at(-1) ?? ''] ?? '', 'content-security-policy': "default-src 'none'; sandbox" },
    };
  }
  return notice(404, 'There is no such page here.', language);
}

const endings = { html: '.html', png: '.png', markdown: '.md', csv: '.csv', junit: '.xml', json: '.json' } as const;

function mayMake(format: (typeof formatNames)[number], name: string): boolean {
  return name.endsWith(endings[format]);
}

/** Undefined: a path that no folder has, however it is written. */
function segmentsOf(path: string): readonly string[] | undefined {
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    return segments.some((segment) => segment === '' || segment.startsWith('.') || /[/\\\0]/.test(segment)) ? undefined : segments;
  } catch {
    return undefined;
  }
}

function redirect(location: string): Answer {
  return { status: 302, body: '', headers: { location, 'content-security-policy': "default-src 'none'" } };
}

async function beside(paths: readonly string[], folder: ResultsFolder, language: Language): Promise<string> {
  const [one, other, ...others] = paths;
  if (one === undefined || other === undefined || others.length > 0 || one === other)
    throw new BenchError('usage', `Choose two different results to compare; ${paths.length} were chosen.`);
  return besidePage(await sideOf(one, folder), await sideOf(other, folder), language);
}

async function sideOf(path: string, folder: ResultsFolder): Promise<Side> {
  const kept = await folder.keptAt(path);
  if (kept === undefined) throw new BenchError('usage', `There is no result ${path} here.`);
  if (kept.kind === 'result') return { path, first: kept.record, runs: [await comparedAt(path, kept)] };
  if (kept.kind !== 'comparison') throw new BenchError('usage', `${path} is a ${kept.kind}: choose two runs or comparisons.`);
  const [run] = kept.record.runs;
  const first = run === undefined ? undefined : await folder.keptAt(`${path}/${run.folder}`);
  if (first?.kind !== 'result')
    throw new BenchError('usage', `${path} has no run whose result is there, so nobody can say what it was given.`);
  return {
    path,
    first: first.record,
    runs: kept.record.runs.map((each) => ({ ...each, folder: `/${pathInUrl(`${path}/${each.folder}`)}` })),
  };
}

async function comparedAt(path: string, { record }: Extract<Kept, { kind: 'result' }>): Promise<Side['runs'][number]> {
  const { plan } = record;
  return comparedOf(record, { folder: `/${pathInUrl(path)}`, row: await rowTraffic(plan), adapter: await isAdapter(plan.topology) });
}
