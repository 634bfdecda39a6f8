import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { wordsOf } from '../error.js';
import type { Api } from './api.js';
import type { Health } from './health.js';
import { type Reason, type Refusals, Refused } from './refused.js';

/** What HTTP is served from. */
export interface HttpHost {
  readonly api: Api;
  readonly refusals: Refusals;
  health(): Health;
  metrics(): Promise<Registry>;
}

/** `GET /healthz` and `GET /metrics` for whoever runs the node; `POST /messages` and `GET /presence/:user` for clients; nothing else is served. */
export function answerHttp(request: IncomingMessage, response: ServerResponse, host: HttpHost): void {
  const [path = ''] = (request.url ?? '').split('?', 1);
  const { method } = request;
  const user = /^\/presence\/([^/]*)$/.exec(path)?.[1];
  if (method === 'GET' && path === '/healthz') sendHealth(response, host.health());
  else if (method === 'GET' && path === '/metrics') void sendMetrics(response, host);
  else if (method === 'POST' && path === '/messages') void sendAnswer(request, response, host, host.api.message(request));
  else if (method === 'GET' && user !== undefined) void sendAnswer(request, response, host, host.api.presence(request, user));
  else send(response, 404, 'text/plain', 'not found\n');
}

function sendHealth(response: ServerResponse, health: Health): void {
  send(response, health.status === 'ok' ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
}

async function sendMetrics(response: ServerResponse, { metrics }: HttpHost): Promise<void> {
  try {
    const registry = await metrics();
    send(response, 200, registry.contentType, await registry.metrics());
  } catch (error) {
    send(response, 500, 'text/plain', `${wordsOf(error)}\n`);
  }
}

/** What is thrown and is neither a refusal nor the client's going away is a bug of ours: it ends the process with its words. */
async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { refusals }: HttpHost,
  answer: Promise<object>,
): Promise<void> {
  try {
    send(response, 200, 'application/json', `${JSON.stringify(await answer)}\n`);
  } catch (error) {
    if (request.errored !== null) return;
    if (!(error instanceof Refused)) throw error;
    refusals.count(error.reason);
    sendRefusal(request, response, error);
  }
}

/** Of reasons that do not stand here the client is at fault: 400. What may have happened is 504, whatever the reason. */
const statusOf: Readonly<Partial<Record<Reason, number>>> = {
  'no token': 401,
  'token expired': 401,
  'token invalid': 401,
  'foreign origin': 403,
  'not a member': 403,
  'body too large': 413,
  'too many events': 429,
  'too many copies': 429,
  draining: 503,
  'broker refused': 503,
  'room store down': 503,
};

/** A body that nobody read would be taken for the next request. */
function sendRefusal(request: IncomingMessage, response: ServerResponse, { outcome, reason }: Refused): void {
  const status = outcome === 'unknown' ? 504 : (statusOf[reason] ?? 400);
  const challenge: OutgoingHttpHeaders = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  const ending: OutgoingHttpHeaders = request.complete ? {} : { connection: 'close' };
  send(response, status, 'application/json', `${JSON.stringify({ error: outcome, reason })}\n`, { ...challenge, ...ending });
}

function send(response: ServerResponse, status: number, type: string, text: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(text);
}
