import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { strictInteger } from '../number.js';
import { bulkOrNothing, integer, ok, ReplyError, verbatim } from '../reply.js';
import { checkedLibraryWord, checkedName } from './clientNames.js';
import type { Command, One, OneOrMore, Two } from './command.js';
import { isWord, printed, syntaxError } from './words.js';

export const clientCommands: readonly Command[] = [
  { name: 'client|id', arity: 2, run: (_, client) => integer(client.id) },
  { name: 'client|getname', arity: 2, run: (_, client) => bulkOrNothing(client.protocol, client.name || null) },
  { name: 'client|setname', arity: 3, keepsWords: true, run: setName },
  { name: 'client|setinfo', arity: 4, keepsWords: true, run: setLibrary },
  { name: 'client|info', arity: 2, run: (_, client) => verbatim(client.protocol, `${describe(client)}\n`) },
  { name: 'client|list', arity: -2, run: list },
  { name: 'client|kill', arity: -3, run: kill },
];

function setName([name]: One, client: Client): string {
  client.name = checkedName(name);
  return ok;
}

/** From Redis 7.2; client libraries send it unasked. */
function setLibrary([option, word]: Two, client: Client): string {
  if (isWord(option, 'lib-name')) client.libraryName = checkedLibraryWord('lib-name', word);
  else if (isWord(option, 'lib-ver')) client.libraryVersion = checkedLibraryWord('lib-ver', word);
  else throw new ReplyError(`ERR Unrecognized option '${option}'`);
  return ok;
}

function list([option, ...words]: readonly string[], client: Client, broker: Broker): string {
  const all = [...broker.clients.values()];
  return verbatim(client.protocol, `${all.filter(listed(option, words)).map(describe).join('\n')}\n`.replace(/^\n$/, ''));
}

function listed(option: string | undefined, words: readonly string[]): (client: Client) => boolean {
  if (option === undefined) return () => true;
  const [first] = words;
  if (isWord(option, 'id') && first !== undefined) {
    const ids = words.map(clientId);
    return ({ id }) => ids.includes(id);
  }
  if (isWord(option, 'type') && first !== undefined && words.length === 1) return ofType(first);
  throw syntaxError();
}

function clientId(word: string): number {
  const id = strictInteger(word);
  if (id === null) throw new ReplyError('ERR Invalid client ID');
  return id;
}

/** One address kills that client; a list of filters kills all clients that pass every one, the caller only after SKIPME no. */
function kill(words: OneOrMore, client: Client, broker: Broker): string {
  const [address] = words;
  const all = [...broker.clients.values()];
  if (words.length === 1) {
    const found = all.find((candidate) => candidate.address === address);
    if (found === undefined) throw new ReplyError('ERR No such client');
    end(found, client, broker);
    return ok;
  }
  const passes = killFilter(words, client);
  const victims = all.filter(passes);
  for (const victim of victims) end(victim, client, broker);
  return integer(victims.length);
}

/** A killed subscriber is no receiver of the very next message. */
function end(victim: Client, caller: Client, broker: Broker): void {
  if (victim === caller) caller.leaving = true;
  else {
    broker.forget(victim);
    victim.output.destroy();
  }
}

function killFilter(words: readonly string[], caller: Client): (client: Client) => boolean {
  let skipCaller = true;
  const filters: ((client: Client) => boolean)[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [option = '', value] = words.slice(at, at + 2);
    if (value === undefined) throw syntaxError();
    if (isWord(option, 'id')) filters.push(withId(value));
    else if (isWord(option, 'addr')) filters.push(({ address }) => address === value);
    else if (isWord(option, 'laddr')) filters.push(({ localAddress }) => localAddress === value);
    else if (isWord(option, 'type')) filters.push(ofType(value));
    else if (isWord(option, 'skipme')) skipCaller = yesOrNo(value);
    else throw syntaxError();
  }
  return (client) => filters.every((passes) => passes(client)) && !(skipCaller && client === caller);
}

function withId(word: string): (client: Client) => boolean {
  const wanted = strictInteger(word);
  if (wanted === null || wanted < 1) throw new ReplyError('ERR client-id should be greater than 0');
  return ({ id }) => id === wanted;
}

function yesOrNo(word: string): boolean {
  if (!isWord(word, 'yes') && !isWord(word, 'no')) throw syntaxError();
  return isWord(word, 'yes');
}

/** There are no replicas and no masters here, but asking for them is no error. */
function ofType(type: string): (client: Client) => boolean {
  const wanted = type.toLowerCase();
  if (!['normal', 'pubsub', 'master', 'replica', 'slave'].includes(wanted))
    throw new ReplyError(`ERR Unknown client type '${printed(type)}'`);
  return (client) => (client.subscriptionCount > 0 ? 'pubsub' : 'normal') === wanted;
}

function describe(client: Client): string {
  const now = performance.now();
  const flags = (client.subscriptionCount > 0 ? 'P' : '') + (client.transaction ? 'x' : '') || 'N';
  const fields = {
    id: client.id,
    addr: client.address,
    laddr: client.localAddress,
    name: client.name,
    age: Math.floor((now - client.since) / 1000),
    idle: Math.floor((now - client.lastActive) / 1000),
    flags,
    db: client.database,
    sub: client.channels.size,
    psub: client.patterns.size,
    multi: client.transaction?.queue.length ?? -1,
    omem: client.output.unsentBytes,
    cmd: client.lastCommand,
    user: 'default',
    resp: client.protocol,
    'lib-name': client.libraryName,
    'lib-ver': client.libraryVersion,
  };
  return Object.entries(fields)
    .map(([field, value]) => `${field}=${value}`)
    .join(' ');
}
