import type { Broker } from '../broker.js';
import type { Client } from '../client.js';
import { globMatcher } from '../glob.js';
import { array, bulk, bulkOrNothing, integer, push, ReplyError } from '../reply.js';
import type { Command, OneOrMore, Two } from './command.js';

export const pubSubCommands: readonly Command[] = [
  { name: 'publish', arity: 3, run: publish },
  { name: 'subscribe', arity: -2, whileSubscribed: true, keepsWords: true, run: subscribe },
  { name: 'unsubscribe', arity: -1, whileSubscribed: true, run: unsubscribe },
  { name: 'psubscribe', arity: -2, whileSubscribed: true, keepsWords: true, run: subscribePatterns },
  { name: 'punsubscribe', arity: -1, whileSubscribed: true, run: unsubscribePatterns },
  { name: 'pubsub|channels', arity: -2, run: activeChannels },
  { name: 'pubsub|numsub', arity: -2, run: subscriberCounts },
  { name: 'pubsub|numpat', arity: 2, run: (_, __, broker) => integer(broker.pubSub.patternCount) },
];

function publish([channel, message]: Two, _client: Client, broker: Broker): string {
  return integer(broker.pubSub.publish(channel, message));
}

function subscribe(channels: OneOrMore, client: Client, broker: Broker): string {
  const confirmations = channels.map((channel) => {
    client.channels.add(channel);
    broker.pubSub.subscribe(channel, client);
    return confirmation(client, 'subscribe', channel);
  });
  return confirmations.join('');
}

function subscribePatterns(patterns: OneOrMore, client: Client, broker: Broker): string {
  const confirmations = patterns.map((pattern) => {
    client.patterns.add(pattern);
    broker.pubSub.subscribePattern(pattern, client);
    return confirmation(client, 'psubscribe', pattern);
  });
  return confirmations.join('');
}

function unsubscribe(channels: readonly string[], client: Client, broker: Broker): string {
  const confirmations = namedOrAll(channels, client.channels).map((channel) => {
    if (channel !== null && client.channels.delete(channel)) broker.pubSub.unsubscribe(channel, client);
    return confirmation(client, 'unsubscribe', channel);
  });
  return confirmations.join('');
}

function unsubscribePatterns(patterns: readonly string[], client: Client, broker: Broker): string {
  const confirmations = namedOrAll(patterns, client.patterns).map((pattern) => {
    if (pattern !== null && client.patterns.delete(pattern)) broker.pubSub.unsubscribePattern(pattern, client);
    return confirmation(client, 'punsubscribe', pattern);
  });
  return confirmations.join('');
}

/** Leaving all of nothing is confirmed once, for no name. */
function namedOrAll(named: readonly string[], all: ReadonlySet<string>): readonly (string | null)[] {
  if (named.length > 0) return named;
  return all.size > 0 ? [...all] : [null];
}

function confirmation(client: Client, kind: string, name: string | null): string {
  return push(client.protocol, [bulk(kind), bulkOrNothing(client.protocol, name), integer(client.subscriptionCount)]);
}

function activeChannels([pattern, ...more]: readonly string[], _client: Client, broker: Broker): string {
  if (more.length > 0) throw new ReplyError("ERR unknown subcommand or wrong number of arguments for 'channels'. Try PUBSUB HELP.");
  const channels = broker.pubSub.channels();
  return array((pattern === undefined ? channels : channels.filter(globMatcher(pattern))).map(bulk));
}

function subscriberCounts(channels: readonly string[], _client: Client, broker: Broker): string {
  return array(channels.flatMap((channel) => [bulk(channel), integer(broker.pubSub.subscriberCount(channel))]));
}
