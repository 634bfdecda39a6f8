import type { Request } from 'autocannon';
import * as v from 'valibot';
import type { Refusal } from '../chat/protocol.js';
import { type Status, statuses } from '../measure/sightings.js';
import { userId } from '../plan/placement.js';
import type { OverHttp } from '../plan/types.js';
import { refusal } from './driver.js';
import type { Numbers } from './numbers.js';
import { type Said, writeText } from './text.js';

/** What a node answered: of a question, the status. */
export type Answered = { readonly ok: true; readonly status?: Status } | Refusal;

const answerSchema = v.looseObject({ status: v.optional(v.picklist(statuses)) });
const refusalSchema = v.looseObject({ error: v.picklist(['rejected', 'unknown']), reason: v.string() });

/** One request of one user, numbered and timed when it is sent. */
export class HttpStep {
  readonly action: OverHttp;
  readonly sentMs: number;
  /** Of a message. */
  readonly said: Said | undefined;
  readonly #bytes: number;

  constructor(action: OverHttp, numbers: Numbers, bytes: number, nowMs: number) {
    this.action = action;
    this.sentMs = nowMs;
    this.#bytes = bytes;
    this.said = action.do === 'http:message' ? saidBy(action.user, action.to, numbers, nowMs) : undefined;
  }

  request(token: string): Request {
    const headers = { authorization: `Bearer ${token}` };
    if (this.said === undefined)
      return { method: 'GET', path: `/presence/${this.action.do === 'http:ask' ? userId(this.action.about) : ''}`, headers };
    const body = JSON.stringify({ to: userId(this.said.to), text: writeText(this.said, this.#bytes) });
    return { method: 'POST', path: '/messages', headers: { ...headers, 'content-type': 'application/json' }, body };
  }

  /** An answer that is none leaves open what happened. */
  answer(status: number, body: string): Answered {
    const parsed = parse(body);
    if (status >= 200 && status < 300) return v.is(answerSchema, parsed) ? { ok: true, ...statusIn(parsed) } : strange(status);
    return v.is(refusalSchema, parsed) ? refusal(parsed.error, parsed.reason) : strange(status);
  }
}

function saidBy(from: number, to: number, numbers: Numbers, nowMs: number): Said {
  return { from, form: 'u', to, sequence: numbers.next(from, 'u', to), intendedMs: nowMs, sentMs: nowMs };
}

function statusIn({ status }: v.InferOutput<typeof answerSchema>): { readonly status?: Status } {
  return status === undefined ? {} : { status };
}

function strange(status: number): Refusal {
  return refusal('unknown', `an answer that is none, with HTTP status ${status}`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
