import type { Broker } from './broker.js';
import type { Client, Transaction } from './client.js';
import { call } from './commands/call.js';
import type { Command } from './commands/command.js';
import { checkArity, findCommand } from './commands/table.js';
import { wordOverheadBytes } from './limits.js';
import { failure, ReplyError, status } from './reply.js';

/** What a queued command costs beside its words, about. */
const queuedCommandBytes = 100;

/** One request: refused, queued or run. Source: `processCommand` in Redis 7.0 `server.c`, also for the order of the checks. */
export function dispatch(request: readonly string[], client: Client, broker: Broker): void {
  let command: Command | null = null;
  let words: readonly string[];
  try {
    ({ command, words } = findCommand(request));
    checkArity(command, request);
    checkSubscribed(command, client);
  } catch (refusal) {
    client.write(refuse(refusal, command, client, broker));
    return;
  }
  client.lastCommand = command.name;
  if (command.keepsWords) words = words.map(ownCopy);
  const { transaction } = client;
  const reply =
    transaction !== null && !command.neverQueued
      ? enqueue(transaction, command, words, client, broker)
      : call(command, words, client, broker);
  client.write(reply);
}

function checkSubscribed({ name, whileSubscribed }: Command, client: Client): void {
  if (client.protocol === 3 || client.subscriptionCount === 0 || whileSubscribed) return;
  const allowed = '(P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET';
  throw new ReplyError(`ERR Can't execute '${name}': only ${allowed} are allowed in this context`);
}

/** A refused command spoils the transaction; a refused EXEC ends it. */
function refuse(refusal: unknown, command: Command | null, client: Client, broker: Broker): string {
  if (!(refusal instanceof ReplyError)) throw refusal;
  broker.statistics.errorReplies += 1;
  if (command !== null) broker.statistics.command(command.name).rejected += 1;
  if (client.transaction !== null) client.transaction.spoiled = true;
  if (command?.name !== 'exec') return failure(refusal.message);
  client.transaction = null;
  return failure(`EXECABORT Transaction discarded because of: ${refusal.message.replace(/^ERR /, '')}`);
}

function enqueue(transaction: Transaction, command: Command, words: readonly string[], client: Client, broker: Broker): string {
  transaction.bytes += words.reduce((bytes, word) => bytes + word.length + wordOverheadBytes, queuedCommandBytes);
  if (transaction.bytes > broker.limits.requestBytes) client.output.destroy();
  transaction.queue.push({ command, words });
  return status('QUEUED');
}

/** V8 cuts a long string out of a chunk by pointing into it; a kept word would keep the whole chunk. */
function ownCopy(word: string): string {
  return Buffer.from(word, 'latin1').toString('latin1');
}
