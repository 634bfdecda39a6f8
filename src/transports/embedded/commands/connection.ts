import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { strictInteger } from '../number.js';
import { array, bulk, integer, map, ok, type Protocol, ReplyError, status } from '../reply.js';
import { checkedName } from './clientNames.js';
import type { Command, One, OneOrMore } from './command.js';
import { redisVersion } from './information.js';
import { integerOf, isWord, printed, syntaxError } from './words.js';

export const connectionCommands: readonly Command[] = [
  { name: 'ping', arity: -1, whileSubscribed: true, run: ping },
  { name: 'echo', arity: 2, run: ([message]: One) => bulk(message) },
  { name: 'hello', arity: -1, keepsWords: true, run: hello },
  { name: 'auth', arity: -2, run: authenticate },
  { name: 'select', arity: 2, run: select },
  { name: 'quit', arity: -1, whileSubscribed: true, neverQueued: true, run: quit },
  { name: 'reset', arity: 1, whileSubscribed: true, neverQueued: true, run: reset },
];

function ping([message, ...more]: readonly string[], client: Client): string {
  if (more.length > 0) throw new ReplyError("ERR wrong number of arguments for 'ping' command");
  if (client.protocol === 2 && client.subscriptionCount > 0) return array([bulk('pong'), bulk(message ?? '')]);
  return message === undefined ? status('PONG') : bulk(message);
}

function hello([version, ...options]: readonly string[], client: Client): string {
  const protocol = version === undefined ? client.protocol : protocolOf(version);
  const name = helloName(options);
  if (name !== null) client.name = name;
  client.protocol = protocol;
  return map(protocol, [
    [bulk('server'), bulk('redis')],
    [bulk('version'), bulk(redisVersion)],
    [bulk('proto'), integer(protocol)],
    [bulk('id'), integer(client.id)],
    [bulk('mode'), bulk('standalone')],
    [bulk('role'), bulk('master')],
    [bulk('modules'), array([])],
  ]);
}

function protocolOf(word: string): Protocol {
  const version = strictInteger(word);
  if (version === null) throw new ReplyError('ERR Protocol version is not an integer or out of range');
  if (version !== 2 && version !== 3) throw new ReplyError('NOPROTO unsupported protocol version');
  return version;
}

/** Checks the options of HELLO; the client's new name or null. */
function helloName(options: readonly string[]): string | null {
  let name: string | null = null;
  for (let at = 0; at < options.length; ) {
    const [option = '', first, second] = options.slice(at, at + 3);
    if (isWord(option, 'auth') && first !== undefined && second !== undefined) {
      checkUser(first);
      at += 3;
    } else if (isWord(option, 'setname') && first !== undefined) {
      name = checkedName(first);
      at += 2;
    } else throw new ReplyError(`ERR Syntax error in HELLO option '${printed(option)}'`);
  }
  return name;
}

/** As a Redis without a password: its default user takes any, and there is no other user. */
function authenticate(words: OneOrMore): string {
  const [userOrPassword, password, ...more] = words;
  if (more.length > 0) throw syntaxError();
  if (password === undefined) {
    throw new ReplyError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }
  checkUser(userOrPassword);
  return ok;
}

function checkUser(user: string): void {
  if (user !== 'default') throw new ReplyError('WRONGPASS invalid username-password pair or user is disabled.');
}

function select([word]: One, client: Client, broker: Broker): string {
  const index = integerOf(word);
  if (index < 0 || index >= broker.databases.length) throw new ReplyError('ERR DB index is out of range');
  client.database = index;
  return ok;
}

function quit(_words: readonly string[], client: Client): string {
  client.leaving = true;
  return ok;
}

function reset(_words: readonly string[], client: Client, broker: Broker): string {
  broker.unsubscribeAll(client);
  client.transaction = null;
  client.name = '';
  client.database = 0;
  client.protocol = 2;
  return status('RESET');
}
