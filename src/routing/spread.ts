import type { Routing, Size, Strategy, Topic } from './types.js';

/** How evenly topics fall on brokers where each topic has one of its own: the load of a broker is the number of its topics. */

/** Of how many brokers the spread is looked at. */
export const spreadSizes: readonly number[] = Array.from({ length: 16 }, (_, index) => index + 2);

const topics = Array.from({ length: 10_000 }, (_, index): Topic => `u:u${index}`);

/** The broker of each of 10,000 topics. */
export function homesOf(strategy: Strategy, brokers: number): readonly string[] {
  const { subscribe } = routingWith(strategy, brokers);
  return topics.map((topic) => subscribe(topic, 'n1')[0]?.broker ?? '');
}

/** The load of the fullest broker as a multiple of the mean. */
export function maxToMean(homes: readonly string[], brokers: number): number {
  const loads = new Map<string, number>();
  for (const home of homes) loads.set(home, (loads.get(home) ?? 0) + 1);
  return Math.max(...loads.values()) / (homes.length / brokers);
}

/** Whether each topic has one broker, the same for all nodes, and not all topics the same one. */
export function hasHomes(strategy: Strategy): boolean {
  const { subscribe, directory } = routingWith(strategy, 3);
  if (directory !== undefined) return false;
  const some = topics.slice(0, 30);
  const places = some.map((topic) => ['n1', 'n2', 'n3'].flatMap((node) => subscribe(topic, node).map(({ broker }) => broker)));
  return places.every((of) => of.length === 3 && new Set(of).size === 1) && new Set(places.flat()).size > 1;
}

function routingWith(strategy: Strategy, brokers: number): Routing {
  const asked: Size = { nodes: 3, brokers, users: topics.length, ratePerSecond: 1, seconds: 1, bytes: 1 };
  const options = strategy.options ?? {};
  const size = strategy.fit?.(asked, options) ?? asked;
  return strategy.route({ version: 1, nodes: ['n1', 'n2', 'n3'].slice(0, size.nodes), brokers: strategy.brokers(size) }, options);
}
