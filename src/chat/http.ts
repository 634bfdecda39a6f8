import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import { wordsOf } from '../error.js';
import type { Health } from './health.js';

/** `GET /healthz` and `GET /metrics`; nothing else is served. */
export function answerHttp(
  request: IncomingMessage,
  response: ServerResponse,
  health: () => Health,
  metrics: () => Promise<Registry>,
): void {
  const [path] = (request.url ?? '').split('?', 1);
  if (request.method === 'GET' && path === '/healthz') sendHealth(response, health());
  else if (request.method === 'GET' && path === '/metrics') void sendMetrics(response, metrics);
  else send(response, 404, 'text/plain', 'not found\n');
}

function sendHealth(response: ServerResponse, health: Health): void {
  send(response, health.status === 'ok' ? 200 : 503, 'application/json', `${JSON.stringify(health)}\n`);
}

async function sendMetrics(response: ServerResponse, metrics: () => Promise<Registry>): Promise<void> {
  try {
    const registry = await metrics();
    send(response, 200, registry.contentType, await registry.metrics());
  } catch (error) {
    send(response, 500, 'text/plain', `${wordsOf(error)}\n`);
  }
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}
