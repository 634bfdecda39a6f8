import type { BrokerId } from '../../routing/types.js';
import { openLinks } from '../linked.js';
import { type ConnectionTimes, connectionTimes } from '../times.js';
import type { BrokerPlace, LocalNode, Transport, TransportSettings } from '../types.js';
import { type Caller, Link } from './link.js';
import { classic, type PubSub } from './pubSub.js';

export type RedisLinks = ReadonlyMap<BrokerId, Link>;

/** Resolves when every Redis has answered; rejects, with nothing left open, when one does not. */
export function openRedis(
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times: ConnectionTimes = connectionTimes,
  pubSub: PubSub = classic,
): Promise<Transport> {
  return openLinks(redisLinks(node, places, settings, times, pubSub), settings.frameKey);
}

/** A link to each Redis, still to be opened. */
export function redisLinks(
  node: LocalNode,
  places: readonly BrokerPlace[],
  settings: TransportSettings,
  times: ConnectionTimes,
  pubSub: PubSub,
): RedisLinks {
  return new Map(places.map((place) => [place.id, new Link(node, place, settings, times, pubSub)]));
}

/** Asks every Redis the same, each after all that was published there before; those that are gone are missing in the answer. */
export async function askEach<T>(
  links: RedisLinks,
  command: string,
  give: (redis: Caller, broker: BrokerId) => Promise<T>,
): Promise<ReadonlyMap<BrokerId, T>> {
  const asked = [...links].map(async ([id, link]) => [id, await link.ask(command, (redis) => give(redis, id))] as const);
  return new Map((await Promise.all(asked)).flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]])));
}
