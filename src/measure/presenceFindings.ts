import { userId } from '../plan/placement.js';
import { sum } from './accounting.js';
import type { Distribution } from './distribution.js';
import type { Findings } from './findingsSchema.js';
import { Latency } from './latency.js';
import { type Ledger, userOf } from './ledger.js';
import { added, mergedOrNull, orNull } from './merged.js';
import { type Presence, presence, type Session, sessionsOf } from './sessions.js';
import { type AnswerRow, type ChangeRow, type PresenceSightings, type Status, statuses } from './sightings.js';

/** By what answers are judged. */
export interface Known {
  readonly ledger: Ledger;
  readonly graceMs: number;
  /** What happened before is told to nobody by a change. */
  readonly startMs: number;
}

/** Who was told what of who is online, and whether the ledger of all workers says the same. */
export function presenceOf(all: readonly PresenceSightings[], known: Known): Findings['presence'] {
  if (all.length === 0) return null;
  const sessions = sessionsByUser(known.ledger);
  const answers = all.flatMap((one) => one.answers);
  const judged = answers.map((row) => judgedOf(row, sessions.get(userId(row[0])) ?? [], known.graceMs));
  const changes = all.flatMap((one) => one.changes);
  const merged = (status: Status) => mergedOrNull(all.map(({ latency }) => latency[status]));
  return {
    answers: { online: countOf(answers, 'online'), offline: countOf(answers, 'offline'), unknown: countOf(answers, 'unknown') },
    refused: added(all.map((one) => one.refused)),
    checked: sum(judged.map((right) => (right === null ? 0 : 1))),
    wrong: sum(judged.map((right) => (right === false ? 1 : 0))),
    latencyMs: { online: merged('online'), offline: merged('offline'), unknown: merged('unknown') },
    told: changes.length,
    toldMs: toldOf(changes, sessions, known.startMs),
  };
}

type SessionsByUser = ReadonlyMap<string, readonly (readonly Session[])[]>;

/** Of each user, those of every socket. */
function sessionsByUser(ledger: Ledger): SessionsByUser {
  const byUser = new Map<string, (readonly Session[])[]>();
  for (const [socket, { connects, endsMs }] of ledger.sockets) {
    const user = userOf(socket);
    byUser.set(user, [...(byUser.get(user) ?? []), sessionsOf(connects, endsMs)]);
  }
  return byUser;
}

function countOf(answers: readonly AnswerRow[], status: Status): number {
  return answers.filter(([, , , index]) => statuses[index] === status).length;
}

/** Null: the answer claims nothing, or nobody can say what would have been right. */
function judgedOf([, askedAtMs, atMs, index]: AnswerRow, sockets: readonly (readonly Session[])[], graceMs: number): boolean | null {
  const [said, was] = [statuses[index], throughout(sockets, askedAtMs, atMs, graceMs)];
  if (said === 'unknown' || was === undefined) return null;
  return said === was;
}

/** Online with one socket all the while, or with none at any time. */
function throughout(
  sockets: readonly (readonly Session[])[],
  fromMs: number,
  toMs: number,
  graceMs: number,
): Exclude<Presence, 'between'> | undefined {
  const each = sockets.map((sessions) => presence(sessions, fromMs, toMs, graceMs));
  if (each.includes('online')) return 'online';
  return each.every((one) => one === 'offline') ? 'offline' : undefined;
}

function toldOf(changes: readonly ChangeRow[], sessions: SessionsByUser, startMs: number): Distribution | null {
  const latency = new Latency();
  for (const [about, index, atMs] of changes) {
    const changedMs = changedBefore(sessions.get(userId(about))?.flat() ?? [], statuses[index], atMs);
    if (changedMs >= startMs) latency.add(atMs - changedMs);
  }
  return orNull(latency);
}

/** The last connect or disconnect that a change can tell of; -Infinity: there was none. */
function changedBefore(sessions: readonly Session[], status: Status | undefined, atMs: number): number {
  const times = sessions.map(({ askedAtMs, endedAtMs }) => (status === 'online' ? askedAtMs : status === 'offline' ? endedAtMs : Infinity));
  return Math.max(-Infinity, ...times.filter((ms) => ms <= atMs));
}
