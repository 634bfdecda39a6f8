import type { Instance, Options, Request } from 'autocannon';
import { minter } from '../chat/signIn.js';
import { unavailable, wordsOf } from '../error.js';
import { Latency } from '../measure/latency.js';
import type { HttpSightings } from '../measure/sightings.js';
import { nodeIndex, userId } from '../plan/placement.js';
import type { OverHttp } from '../plan/types.js';
import type { WorkerPlan } from '../processes/protocol.js';
import type { Clock } from './clock.js';
import { refusal } from './driver.js';
import { type Answered, HttpStep } from './httpStep.js';
import type { Numbers } from './numbers.js';
import type { PresenceLog } from './presenceLog.js';
import { Reasons } from './reasons.js';
import type { Recorder } from './recorder.js';

/** More connections than these to one node say nothing more. */
const connectionsMost = 10;
/** Autocannon looks so often whether it is over, ms. */
const lookEveryMs = 100;

/** Where what is seen goes. */
export interface HttpBooks {
  readonly recorder: Recorder;
  readonly presence: PresenceLog;
  readonly numbers: Numbers;
}

/**
 * What users of this worker do without a socket: autocannon sends each node the requests of its users in the scenario's order, at the
 * scenario's rate. It waits for an answer before it uses a connection again, so it is no open loop, and its figures stand apart.
 */
export class HttpLoad {
  readonly #plan: WorkerPlan;
  readonly #books: HttpBooks;
  readonly #clock: Clock;
  readonly #statuses = new Reasons();
  readonly #latency = { message: new Latency(), ask: new Latency() };
  readonly #open = new Set<HttpStep>();
  #messages = 0;
  #asks = 0;
  #unanswered = 0;
  #seconds = 0;

  constructor(plan: WorkerPlan, books: HttpBooks, clock: Clock) {
    this.#plan = plan;
    this.#books = books;
    this.#clock = clock;
  }

  /** Resolves when every request is answered or given up; begins at once. */
  async play(actions: readonly OverHttp[], halt: AbortSignal): Promise<void> {
    if (actions.length === 0) return;
    const autocannon = await imported();
    const tokens = await this.#tokens(actions);
    const startMs = this.#clock();
    await Promise.all(
      this.#plan.nodes.map(async (url, node) => {
        const own = actions.filter(({ user }) => nodeIndex(user, 0, this.#plan.nodes.length) === node);
        if (own.length > 0) await cannonade(autocannon, this.#order(url, own, tokens), halt);
      }),
    );
    this.#giveUp();
    this.#seconds = (this.#clock() - startMs) / 1000;
  }

  sightings(): HttpSightings {
    const { message, ask } = this.#latency;
    return {
      messages: this.#messages,
      asks: this.#asks,
      statuses: this.#statuses.toJSON(),
      unanswered: this.#unanswered,
      seconds: this.#seconds,
      messageMs: message.toBytes(),
      askMs: ask.toBytes(),
    };
  }

  #order(url: string, actions: readonly OverHttp[], tokens: ReadonlyMap<number, string>) {
    const { plan } = this.#plan;
    const overallRate = Math.max(1, Math.round(actions.length / plan.size.seconds));
    const steps = actions[Symbol.iterator]();
    const request: Request = {
      setupRequest: (_request, context) => this.#next(steps, tokens, context),
      onResponse: (status, body, context) => this.#answered(status, body, context),
    };
    return {
      url,
      amount: actions.length,
      connections: Math.min(connectionsMost, overallRate, actions.length),
      overallRate,
      timeout: plan.timing.drainMs / 1000,
      sampleInt: lookEveryMs,
      requests: [request],
    };
  }

  /** What a connection sends next; where one broke, autocannon may ask for more than there was, and gets something harmless. */
  #next(steps: Iterator<OverHttp>, tokens: ReadonlyMap<number, string>, context: object): Request {
    const next = steps.next();
    if (next.done === true) return { method: 'GET', path: '/healthz' };
    const step = new HttpStep(next.value, this.#books.numbers, this.#plan.plan.size.bytes, this.#clock());
    Object.assign(context, { step });
    this.#open.add(step);
    if (step.said !== undefined) this.#books.recorder.posting(step.said);
    if (step.said === undefined) this.#asks++;
    else this.#messages++;
    return step.request(tokens.get(next.value.user) ?? '');
  }

  #answered(status: number, body: string, context: object): void {
    const step = 'step' in context && context.step instanceof HttpStep ? context.step : undefined;
    if (step === undefined || !this.#open.delete(step)) return;
    this.#statuses.add(String(status));
    const answer = step.answer(status, body);
    this.#latency[step.said === undefined ? 'ask' : 'message'].add(this.#clock() - step.sentMs);
    this.#book(step, answer);
  }

  #book({ said, action, sentMs }: HttpStep, answer: Answered): void {
    const { recorder, presence } = this.#books;
    if (said !== undefined) recorder.answered(said, answer.ok ? { ok: true } : answer);
    else if (!answer.ok) presence.refused(`http: ${answer.error}: ${answer.reason}`);
    else if (action.do === 'http:ask' && answer.status !== undefined)
      presence.answered({ about: action.about, intendedMs: sentMs, askedAtMs: sentMs }, answer.status, this.#clock());
  }

  /** Whatever became of it. */
  #giveUp(): void {
    this.#unanswered += this.#open.size;
    for (const step of this.#open) this.#book(step, refusal('unknown', 'no answer over HTTP'));
    this.#open.clear();
  }

  async #tokens(actions: readonly OverHttp[]): Promise<ReadonlyMap<number, string>> {
    const mint = await minter(this.#plan.secrets.tokenKey);
    const users = [...new Set(actions.map(({ user }) => user))];
    return new Map(await Promise.all(users.map(async (user) => [user, await mint(userId(user), 'http')] as const)));
  }
}

/** Loaded when it is needed: the command is of use without it. */
async function imported(): Promise<typeof import('autocannon')> {
  try {
    return (await import('autocannon')).default;
  } catch (cause) {
    throw unavailable(
      `requests over HTTP need the package autocannon, which cannot be loaded (${wordsOf(cause)}): npm install autocannon`,
      cause,
    );
  }
}

/** Autocannon from its first request to its last answer, or until the halt. */
function cannonade(autocannon: typeof import('autocannon'), order: Options, halt: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let instance: Instance | undefined;
    const stop = () => instance?.stop();
    halt.addEventListener('abort', stop, { once: true });
    instance = autocannon(order, (error: unknown) => {
      halt.removeEventListener('abort', stop);
      if (error) reject(unavailable(`autocannon cannot play ${order.url}: ${wordsOf(error)}`, error));
      else resolve();
    });
    if (halt.aborted) stop();
  });
}
