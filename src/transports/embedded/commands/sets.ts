import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { bulk, integer, set } from '../reply.js';
import type { Command, One, Two, TwoOrMore } from './command.js';

export const setCommands: readonly Command[] = [
  { name: 'sadd', arity: -3, keepsWords: true, run: add },
  { name: 'srem', arity: -3, run: remove },
  { name: 'smembers', arity: 2, run: members },
  { name: 'sismember', arity: 3, run: isMember },
  { name: 'scard', arity: 2, run: ([key]: One, client, broker) => integer(broker.keyspace(client).members(key).size) },
];

function add([key, ...members]: TwoOrMore, client: Client, broker: Broker): string {
  return integer(broker.keyspace(client).addMembers(key, members));
}

function remove([key, ...members]: TwoOrMore, client: Client, broker: Broker): string {
  return integer(broker.keyspace(client).removeMembers(key, members));
}

function members([key]: One, client: Client, broker: Broker): string {
  return set(client.protocol, [...broker.keyspace(client).members(key)].map(bulk));
}

function isMember([key, member]: Two, client: Client, broker: Broker): string {
  return integer(broker.keyspace(client).members(key).has(member) ? 1 : 0);
}
