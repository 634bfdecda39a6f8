import type { Equation, Measured, Status, Verdict } from '../measure/result.js';
import type { Limits } from '../plan/types.js';

/** CPU share of a core beyond which a load worker is too busy to be believed on time. */
export const busyCoreShare = 0.8;
/** 99th percentile of the generator's own lag beyond which latency is not the system's. */
export const lagMsP99 = 20;

interface Part {
  readonly status: Status;
  readonly reasons: string[];
}

const worst: readonly Status[] = ['pass', 'unknown', 'fail'];

/**
 * pass / fail / unknown with reasons, from the result alone. A run in which a part of the system died cannot be judged: what was sent to it
 * between its death and the end is a matter of chance, so delivery and time are unknown then, whatever was counted.
 */
export function verdictOf(measured: Measured): Verdict {
  const load = loadPart(measured);
  const parts = {
    delivery: deliveryPart(measured),
    accounting: accountingPart(measured),
    latency: latencyPart(measured, load),
    load,
  };
  const asked = [parts.delivery, parts.accounting, ...(judgesTime(measured.plan.limits) ? [parts.latency, parts.load] : [])];
  return {
    status: worstOf(asked.map(({ status }) => status)),
    reasons: asked.filter((part) => part.status !== 'pass').flatMap((part) => part.reasons),
    parts,
  };
}

/** Time, and whether the generator was in time, count only where a limit asks for them. */
export function isJudged(part: keyof Verdict['parts'], limits: Limits): boolean {
  return part === 'delivery' || part === 'accounting' || judgesTime(limits);
}

function judgesTime(limits: Limits): boolean {
  return limits.responseMsP99 !== undefined;
}

function deliveryPart(measured: Measured): Part {
  const doubts = deliveryDoubts(measured);
  if (measured.died.length > 0) return part([], doubts);
  const failures = deliveryFailures(measured);
  if (measured.counts.delivered === 0 && doubts.length === 0) failures.push('nothing was delivered');
  return part(failures, doubts);
}

function deliveryFailures({ counts, examples, findings, plan: { limits } }: Measured): string[] {
  return [
    ...tooMany('lost', counts.lost, limits.lost, examples.lost),
    ...tooMany('delivered more than once', counts.duplicated, limits.duplicated, examples.duplicated),
    ...tooMany('delivered to somebody they were not for', counts.misdelivered, limits.misdelivered, examples.misdelivered),
    ...tooMany('rejected', counts.rejected, limits.rejected, []),
    ...tooManyElse(findings?.presence?.wrong, limits.wrongAnswers, 'answers about who is online were wrong'),
    ...tooManyElse(failedConnects(findings), limits.failedConnects, `connects during the load failed${firstReason(findings)}`),
  ];
}

function failedConnects(findings: Measured['findings']): number {
  return Object.values(findings?.comings?.failed ?? {}).reduce((sum, count) => sum + count, 0);
}

function firstReason(findings: Measured['findings']): string {
  const [reason] = Object.keys(findings?.comings?.failed ?? {});
  return reason === undefined ? '' : `, for example: ${reason}`;
}

function tooManyElse(found = 0, limit: number | undefined, words: string): string[] {
  return limit === undefined || found <= limit ? [] : [`${found} ${words} (limit ${limit})`];
}

/** What keeps one from saying that all was delivered, or that it was not. */
function deliveryDoubts({ counts, died, workers, plan, source }: Measured): string[] {
  const doubts = died.map((words) => `a process died during the run, so what it handled is not known: ${words}`);
  if (source === 'live' && workers.length < plan.workers) doubts.push(`only ${workers.length} of ${plan.workers} load workers reported`);
  if (counts.unanswered > 0) doubts.push(`${counts.unanswered} messages were never answered for: nobody knows whether they happened`);
  else if (isTooUncertain(counts, plan.limits)) doubts.push(`of ${counts.uncertain} pairs nobody can say whether they had to be delivered`);
  return doubts;
}

/** Where people come and go some pairs are always in doubt; a scenario says how many of all may be. */
function isTooUncertain({ uncertain, expected }: Measured['counts'], { uncertainShare = 0 }: Limits): boolean {
  return uncertain > uncertainShare * (uncertain + expected);
}

function tooMany(what: string, found: number, limit: number | undefined, examples: readonly string[]): string[] {
  if (limit === undefined || found <= limit) return [];
  const example = examples[0] === undefined ? '' : `, for example: ${examples[0]}`;
  return [`${found} ${found === 1 ? 'message was' : 'messages were'} ${what} (limit ${limit})${example}`];
}

function accountingPart({ equations, died, unknowns, plan: { topology } }: Measured): Part {
  const doubts = equations.filter(({ holds }) => holds === false).map(difference);
  const blind =
    died.length > 0 ? equations.filter(({ holds }) => holds === null).map(({ name, place }) => `[${place}] ${name}: not known`) : [];
  const processes = [...topology.nodes.map((id) => `nodes.${id}`), ...topology.brokers.map(({ id }) => `brokers.${id}`)];
  const silent = died.length > 0 ? [] : processes.map((name) => unknowns[name]).filter((why) => why !== undefined);
  const early =
    unknowns.drained !== undefined && died.length === 0
      ? [`counters were read while something may have been in flight: ${unknowns.drained}`]
      : [];
  return part([], [...doubts, ...blind, ...silent, ...early]);
}

function difference({ name, place, left, right }: Equation): string {
  return `[${place}] ${name}: ${left} is not ${right} (difference ${(left ?? 0) - (right ?? 0)})`;
}

function latencyPart({ latencyMs, died, unknowns, plan: { limits } }: Measured, load: Part): Part {
  if (died.length > 0) return part([], ['a process died during the run, so response times are not those of the whole system']);
  const p99 = latencyMs.response.all?.quantiles.find(([quantile]) => quantile === 0.99)?.[1];
  if (load.status !== 'pass') return part([], load.reasons);
  if (unknowns['latencyMs.early'] !== undefined) return part([], [unknowns['latencyMs.early']]);
  if (p99 === undefined) return part([], ['no response time was measured']);
  const limit = limits.responseMsP99;
  return part(limit !== undefined && p99 > limit ? [`p99 of the response time is ${p99.toFixed(1)} ms (limit ${limit} ms)`] : [], []);
}

/** A generator that lags or has no CPU left says nothing about the system's time. Counts stay judged. */
function loadPart({ workers, latencyMs, source }: Measured): Part {
  if (source !== 'live') return part([], []);
  const busy = workers
    .filter(({ coreShare }) => coreShare > busyCoreShare)
    .map(
      ({ id, coreShare }) =>
        `load worker ${id} used ${Math.round(coreShare * 100)} % of a core: time and throughput are the generator's, not the system's`,
    );
  const lag = latencyMs.generatorLag?.quantiles.find(([quantile]) => quantile === 0.99)?.[1];
  if (lag === undefined) busy.push('nothing was sent');
  else if (lag > lagMsP99) busy.push(`the generator was late by ${lag.toFixed(1)} ms (p99): time is the generator's, not the system's`);
  return part([], busy);
}

function part(failures: readonly string[], doubts: readonly string[]): Part {
  return { status: failures.length > 0 ? 'fail' : doubts.length > 0 ? 'unknown' : 'pass', reasons: [...failures, ...doubts] };
}

/** One that failed weighs more than one of which nobody can say. */
export function worstOf(statuses: readonly Status[]): Status {
  return statuses.reduce<Status>((status, other) => (worst.indexOf(other) > worst.indexOf(status) ? other : status), 'pass');
}
