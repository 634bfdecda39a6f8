import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { arrayHeader, ok, ReplyError } from '../reply.js';
import { call } from './call.js';
import type { Command } from './command.js';

export const transactionCommands: readonly Command[] = [
  { name: 'multi', arity: 1, neverQueued: true, run: begin },
  { name: 'exec', arity: 1, neverQueued: true, run: execute },
  { name: 'discard', arity: 1, neverQueued: true, run: discard },
];

function begin(_words: readonly string[], client: Client): string {
  if (client.transaction !== null) throw new ReplyError('ERR MULTI calls can not be nested');
  client.transaction = { queue: [], bytes: 0, spoiled: false };
  return ok;
}

/** Each reply is written as it comes: what a queued PUBLISH pushes to the client itself stands before its own reply, as in Redis 7.0. */
function execute(_words: readonly string[], client: Client, broker: Broker): string {
  const { transaction } = client;
  if (transaction === null) throw new ReplyError('ERR EXEC without MULTI');
  client.transaction = null;
  if (transaction.spoiled) throw new ReplyError('EXECABORT Transaction discarded because of previous errors.');
  client.write(arrayHeader(transaction.queue.length));
  for (const { command, words } of transaction.queue) client.write(call(command, words, client, broker));
  return '';
}

function discard(_words: readonly string[], client: Client): string {
  if (client.transaction === null) throw new ReplyError('ERR DISCARD without MULTI');
  client.transaction = null;
  return ok;
}
