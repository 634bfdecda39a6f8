import * as v from 'valibot';
import { distributionSchema } from './distribution.js';
import { count, maybe, said } from './recordFields.js';

const distribution = (words: string) => maybe(distributionSchema, words);
const byReason = (words: string) => said(v.record(v.string(), v.number()), words);

const presence = v.strictObject({
  answers: said(
    v.strictObject({
      online: count('answers `online`'),
      offline: count('answers `offline`'),
      unknown: count('answers `unknown`: nobody could say, or not in time'),
    }),
    'answers to whoever asked, or began to watch, one for each user asked about',
  ),
  refused: byReason('questions that were refused or not answered, by reason'),
  checked: count('answers other than `unknown` about users that were certainly online, or certainly not, while it was asked'),
  wrong: count('of those, answers that said the contrary'),
  latencyMs: said(
    v.strictObject({
      online: distribution('of answers `online`'),
      offline: distribution('of answers `offline`'),
      unknown: distribution('of answers `unknown`'),
    }),
    'answered - intended',
  ),
  told: count('changes that were pushed to watchers'),
  toldMs: distribution('told - the connect or disconnect that it tells of was asked for; of those that happened during the load'),
});

const comings = v.strictObject({
  left: count('sockets that disconnected during the load, as planned'),
  connected: count('connects during the load that were acknowledged'),
  failed: byReason('connects during the load that were not, by reason; none is tried again'),
  away: count('sockets that left and were not back in the end'),
  connectMs: distribution('acknowledged - intended'),
  allBackMs: maybe(v.number(), 'from the first that left until the last was back, ms; null: somebody stayed away'),
});

const http = v.strictObject({
  messages: count('messages sent over HTTP'),
  asks: count('questions asked over HTTP'),
  statuses: byReason('answers by HTTP status'),
  unanswered: count('requests without an answer'),
  perSecond: maybe(v.number(), 'requests answered per second'),
  messageMs: distribution('answer - request, of messages: what their sender waits'),
  askMs: distribution('answer - request, of questions'),
});

/** What answers the questions of scenarios, beside what every run measures. `null`: it does not apply, or the source cannot know. */
export const findingsSchema = v.strictObject({
  spreadMs: distribution('of room messages that came to two sockets or more: from the first to the last'),
  hottestBroker: maybe(
    v.strictObject({
      id: said(v.string(), 'which'),
      ratio: said(v.number(), 'what it took in, as a multiple of the mean of all brokers; 1: all alike'),
    }),
    'the broker that took in the most messages',
  ),
  responseBy: maybe(
    v.strictObject({
      websocket: distribution('of deliveries to users on WebSocket'),
      polling: distribution('of deliveries to users on long-polling'),
    }),
    'received - intended, where some users are on the one and some on the other',
  ),
  presence: maybe(presence, 'who asked who is online'),
  comings: maybe(comings, 'who came and went during the load'),
  http: maybe(http, 'what was done over HTTP, by autocannon: it waits for answers, so it is no open loop'),
});

export type Findings = v.InferOutput<typeof findingsSchema>;
