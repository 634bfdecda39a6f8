import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { failure, ReplyError } from '../reply.js';
import type { Command } from './command.js';

/** Runs a command, counts it, and puts its failure into words. */
export function call(command: Command, words: readonly string[], client: Client, broker: Broker): string {
  const tally = broker.statistics.command(command.name);
  const started = performance.now();
  try {
    return command.run(words, client, broker);
  } catch (error) {
    tally.failed += 1;
    broker.statistics.errorReplies += 1;
    return failure(explain(error, command));
  } finally {
    tally.calls += 1;
    tally.microseconds += (performance.now() - started) * 1000;
    broker.statistics.commandsProcessed += 1;
  }
}

/** Anything but a `ReplyError` is our own bug: it is told to the client and on stderr, and the broker lives on. */
function explain(error: unknown, command: Command): string {
  if (error instanceof ReplyError) return error.message;
  console.error(`[embedded broker] ${command.name} failed by a bug of ours; please report it:`, error);
  return `ERR [embedded broker] internal error in '${command.name}'; its stderr has the details`;
}
