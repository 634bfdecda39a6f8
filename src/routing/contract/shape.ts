import type { Address, Broker, BrokerId, Options, Routing, Size, Strategy } from '../types.js';
import { knownOf, senderOn } from './everyDraw.js';
import { type Attempt, fitted, frozen, type Trial } from './trial.js';

const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Sizes are whole numbers, and a size that was fitted fits. */
export function* checkFit(strategy: Strategy, attempt: Attempt): Iterable<string> {
  const { size, options } = fitted(strategy, attempt);
  for (const [name, least] of Object.entries(leastSize)) {
    const value: unknown = Reflect.get(size, name);
    if (!Number.isInteger(value) || Number(value) < least) yield `fit() returned ${name}: ${value}, which is no whole number from ${least}`;
  }
  const again = refit(strategy, size, options);
  if (!same(again, size)) yield `fit() of a size that fit() returned changed it once more, from ${words(size)} to ${words(again)}`;
  const repeated = fitted(strategy, attempt).size;
  if (!same(repeated, size)) yield `fit() returned ${words(size)} and then, asked the same, ${words(repeated)}`;
}

const leastSize = { nodes: 1, brokers: 0, users: 1, ratePerSecond: 1, seconds: 1, bytes: 1 } as const satisfies Size;

function refit(strategy: Strategy, size: Size, options: Options): Size {
  return strategy.fit?.(frozen(structuredClone(size)), options) ?? size;
}

/** As many brokers as the size says, each with an id of its own. */
export function* checkBrokers(strategy: Strategy, attempt: Attempt): Iterable<string> {
  const { size } = fitted(strategy, attempt);
  const brokers = strategy.brokers(size);
  if (!Array.isArray(brokers)) return yield 'brokers() did not return a list';
  if (!same(brokers, strategy.brokers(frozen(structuredClone(size))))) yield 'brokers() returned different lists for equal sizes';
  const counted = brokers.filter(({ directoryOnly }: Broker) => directoryOnly !== true);
  if (counted.length !== size.brokers)
    yield `brokers() returned ${counted.length} for a size of ${size.brokers}; fit() must say how many there are`;
  const ids = new Set(brokers.map(({ id }: Broker) => id));
  if (ids.size !== brokers.length) yield `brokers() returned two with the same id: ${brokers.map(({ id }: Broker) => id).join(', ')}`;
  for (const broker of brokers) yield* checkBroker(broker, ids);
}

function* checkBroker({ id, kind, relaysTo = [] }: Broker, ids: ReadonlySet<string>): Iterable<string> {
  if (!idPattern.test(id)) yield `broker id ${words(id)} does not match ${idPattern}`;
  if (typeof kind !== 'string' || kind === '') yield `broker ${id} has no kind`;
  for (const other of relaysTo) {
    if (other === id || !ids.has(other)) yield `broker ${id} relays to ${words(other)}, which is not another broker`;
  }
}

/** Every address is a channel at a broker of the topology or at a node; a node listens at no other node. */
export function* checkAddresses(strategy: Strategy, { topology, options, wanted }: Trial): Iterable<string> {
  const routing: Routing = strategy.route(topology, options);
  if (routing.local !== undefined && routing.local !== 'around') yield `local is ${words(routing.local)}; it is 'around' or absent`;
  const brokers = topology.brokers.map(({ id }) => id);
  for (const node of topology.nodes) {
    if (brokers.includes(node)) yield `broker ${node} has the name of a node`;
    for (const [topic, listeners] of wanted) {
      const sender = senderOn(node, () => 0, knownOf(routing, topic, listeners));
      yield* checkList(`subscribe('${topic}', '${node}')`, routing.subscribe(topic, node), [...brokers, node]);
      yield* checkPlaces(`directory('${topic}')`, routing.directory?.(topic) ?? [], [...brokers, ...topology.nodes]);
      yield* checkList(`publish('${topic}', sender on ${node})`, routing.publish(topic, sender), [...brokers, ...topology.nodes]);
    }
  }
}

function* checkPlaces(call: string, places: readonly BrokerId[], brokers: readonly string[]): Iterable<string> {
  if (!Array.isArray(places)) return yield `${call} returned ${words(places)} and not a list of brokers and nodes`;
  for (const place of places)
    if (!brokers.includes(place)) yield `${call} returned ${words(place)}, which is none of ${brokers.join(', ')}`;
  if (new Set(places).size !== places.length) yield `${call} returned ${words(places)}, which names one twice`;
}

function* checkList(call: string, list: readonly Address[], brokers: readonly string[]): Iterable<string> {
  if (!Array.isArray(list)) return yield `${call} returned ${words(list)} and not a list of addresses`;
  for (const address of list) {
    if (!brokers.includes(address?.broker)) yield `${call} returned ${words(address)}; its broker is none of ${brokers.join(', ')}`;
    if (typeof address?.channel !== 'string' || address.channel === '') yield `${call} returned ${words(address)}, which has no channel`;
  }
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function words(value: unknown): string {
  return value instanceof Promise ? 'a promise' : (JSON.stringify(value) ?? String(value));
}
