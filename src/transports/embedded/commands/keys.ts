import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { globMatcher } from '../glob.js';
import { strictInteger } from '../number.js';
import { array, bulk, bulkOrNothing, integer, nothing, ok, ReplyError, status } from '../reply.js';
import type { Command, One, OneOrMore, TwoOrMore } from './command.js';
import { integerOf, isWord, printed, syntaxError } from './words.js';

export const keyCommands: readonly Command[] = [
  { name: 'get', arity: 2, run: get },
  { name: 'set', arity: -3, keepsWords: true, run: set },
  { name: 'del', arity: -2, run: remove },
  { name: 'unlink', arity: -2, run: remove },
  { name: 'exists', arity: -2, run: exists },
  { name: 'type', arity: 2, run: ([key]: One, client, broker) => status(broker.keyspace(client).typeOf(key)) },
  { name: 'expire', arity: -3, run: (words: TwoOrMore, client, broker) => expire('expire', 1000, words, client, broker) },
  { name: 'pexpire', arity: -3, run: (words: TwoOrMore, client, broker) => expire('pexpire', 1, words, client, broker) },
  { name: 'ttl', arity: 2, run: ([key]: One, client, broker) => timeLeft(1000, key, client, broker) },
  { name: 'pttl', arity: 2, run: ([key]: One, client, broker) => timeLeft(1, key, client, broker) },
  { name: 'dbsize', arity: 1, run: (_, client, broker) => integer(broker.keyspace(client).size) },
  { name: 'scan', arity: -2, run: scan },
];

/** Beyond it a time in milliseconds is no exact number any more. */
const farthest = Number.MAX_SAFE_INTEGER;

function get([key]: One, client: Client, broker: Broker): string {
  return bulkOrNothing(client.protocol, broker.keyspace(client).text(key));
}

function set([key, value, ...words]: TwoOrMore, client: Client, broker: Broker): string {
  const { condition, expiresAt } = setOptions(words);
  const keyspace = broker.keyspace(client);
  const exists = keyspace.typeOf(key) !== 'none';
  if ((condition === 'nx' && exists) || (condition === 'xx' && !exists)) return nothing(client.protocol);
  keyspace.setText(key, value, expiresAt);
  return ok;
}

interface SetOptions {
  condition: 'nx' | 'xx' | null;
  expiresAt: number | null;
}

function setOptions(words: readonly string[]): SetOptions {
  const options: SetOptions = { condition: null, expiresAt: null };
  let time: { words: string; unit: number } | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toLowerCase();
    const next = words[at + 1];
    if ((word === 'nx' || word === 'xx') && (options.condition ?? word) === word) options.condition = word;
    else if ((word === 'ex' || word === 'px') && time === null && next !== undefined) {
      time = { words: next, unit: word === 'ex' ? 1000 : 1 };
      at += 1;
    } else throw syntaxError();
  }
  if (time !== null) options.expiresAt = Date.now() + positiveTime(time.words, time.unit);
  return options;
}

function positiveTime(word: string, unit: number): number {
  const time = integerOf(word) * unit;
  if (time <= 0 || time > farthest - Date.now()) throw invalidTime('set');
  return time;
}

function invalidTime(command: string): ReplyError {
  return new ReplyError(`ERR invalid expire time in '${command}' command`);
}

function remove(keys: OneOrMore, client: Client, broker: Broker): string {
  const keyspace = broker.keyspace(client);
  return integer(keys.filter((key) => keyspace.delete(key)).length);
}

/** A key named twice counts twice. */
function exists(keys: OneOrMore, client: Client, broker: Broker): string {
  const keyspace = broker.keyspace(client);
  return integer(keys.filter((key) => keyspace.typeOf(key) !== 'none').length);
}

function expire(command: string, unit: number, [key, time, option]: TwoOrMore, client: Client, broker: Broker): string {
  if (option !== undefined) throw new ReplyError(`ERR Unsupported option ${printed(option)}`);
  const milliseconds = integerOf(time) * unit;
  if (Math.abs(milliseconds) > farthest - Date.now()) throw invalidTime(command);
  return integer(broker.keyspace(client).expireIn(key, milliseconds) ? 1 : 0);
}

function timeLeft(unit: number, key: string, client: Client, broker: Broker): string {
  const left = broker.keyspace(client).timeLeft(key);
  if (left === undefined) return integer(-2);
  return integer(left === null ? -1 : Math.floor((left + unit / 2) / unit));
}

function scan([cursorWord, ...words]: OneOrMore, client: Client, broker: Broker): string {
  const cursor = strictInteger(cursorWord);
  if (cursor === null) throw new ReplyError('ERR invalid cursor');
  const { count, matches, type } = scanOptions(words);
  const keyspace = broker.keyspace(client);
  const page = keyspace.scan(cursor, count);
  const keys = page.keys.filter((key) => matches(key) && (type === null || keyspace.typeOf(key) === type));
  return array([bulk(String(page.cursor)), array(keys.map(bulk))]);
}

interface ScanOptions {
  count: number;
  matches: (key: string) => boolean;
  type: string | null;
}

function scanOptions(words: readonly string[]): ScanOptions {
  const options: ScanOptions = { count: 10, matches: () => true, type: null };
  for (let at = 0; at < words.length; at += 2) {
    const [option = '', value] = words.slice(at, at + 2);
    if (value === undefined) throw syntaxError();
    if (isWord(option, 'match')) options.matches = globMatcher(value);
    else if (isWord(option, 'type')) options.type = value.toLowerCase();
    else if (isWord(option, 'count')) options.count = integerOf(value);
    else throw syntaxError();
    if (options.count < 1) throw syntaxError();
  }
  return options;
}
