import { ReplyError } from '../reply.js';
import { clientCommands } from './clients.js';
import type { Command } from './command.js';
import { connectionCommands } from './connection.js';
import { informationCommands } from './information.js';
import { keyCommands } from './keys.js';
import { pubSubCommands } from './pubSub.js';
import { setCommands } from './sets.js';
import { transactionCommands } from './transactions.js';
import { printed } from './words.js';

export const commands: readonly Command[] = [
  ...connectionCommands,
  ...clientCommands,
  ...informationCommands,
  ...pubSubCommands,
  ...keyCommands,
  ...setCommands,
  ...transactionCommands,
];

const byName = new Map(commands.map((command) => [command.name, command]));
const containers = new Set(commands.flatMap(({ name }) => (name.includes('|') ? name.slice(0, name.indexOf('|')) : [])));

/** The command of a request and the words after its name. Throws what Redis replies when there is no such command. */
export function findCommand(request: readonly string[]): { command: Command; words: readonly string[] } {
  const [spelled = '', ...words] = request;
  const name = spelled.toLowerCase();
  const [subcommand, ...further] = words;
  if (containers.has(name) && subcommand !== undefined) return { command: findSubcommand(name, subcommand), words: further };
  const command = byName.get(name);
  if (command !== undefined) return { command, words };
  throw containers.has(name) ? wrongArity(name) : unknownCommand(spelled, words);
}

/** Throws unless the request has as many words as the command needs. */
export function checkArity({ name, arity }: Command, request: readonly string[]): void {
  if (arity >= 0 ? request.length !== arity : request.length < -arity) throw wrongArity(name);
}

function findSubcommand(container: string, subcommand: string): Command {
  const command = byName.get(`${container}|${subcommand.toLowerCase()}`);
  if (command !== undefined) return command;
  throw new ReplyError(`ERR unknown subcommand '${printed(subcommand, 128)}'. Try ${container.toUpperCase()} HELP.`);
}

function wrongArity(name: string): ReplyError {
  return new ReplyError(`ERR wrong number of arguments for '${name}' command`);
}

/** Redis quotes at most the first 128 bytes of the name and of the arguments together. */
function unknownCommand(name: string, words: readonly string[]): ReplyError {
  let quoted = '';
  for (const word of words) {
    if (quoted.length >= 128) break;
    quoted += `'${printed(word, 128 - quoted.length)}' `;
  }
  return new ReplyError(`ERR unknown command '${printed(name, 128)}', with args beginning with: ${quoted}`);
}
