import fc from 'fast-check';
import type { Input } from '../messages.js';
import { type Broker, type Kind, kinds, type Topic, type Topology } from '../types.js';

/** Inputs of a node in any order, allowed by the protocol or not. */
const topic = fc.constantFrom<Topic>('u:ann', 'u:bob', 'r:tea', 's:ann', 'n:n1');
const socket = fc.constantFrom('s1', 's2', 's3');
const broker = fc.constantFrom('r1', 'r2', 'r3', 'r4', 'master', 'n2', 'n3');
const channel = fc.constantFrom('all', 'u:ann', 'u:bob', 'r:tea', 's:ann', 'n:n1');
const address = fc.record({ broker, channel });
const version = fc.integer({ min: 1, max: 4 });
const kind: fc.Arbitrary<Kind> = fc.constantFrom(...kinds);
const topics = fc.uniqueArray(topic, { minLength: 1 });
const place = fc.constantFrom('master', 'n2', 'n3');
const attempt = fc.integer({ min: 1, max: 12 });
const request = fc.nat(999);
const notice = fc.constant(true as const);
const id = fc.tuple(fc.constantFrom('n1', 'n2'), fc.nat(99)).map(([node, count]) => `${node}-${count}`);

export function topologyOf(number: number): Topology {
  return { version: number, nodes: ['n1', 'n2', 'n3'].slice(0, 1 + number), brokers: brokersOf(number * 2) };
}

/** What strategies may look for: Redis, or one in the middle that keeps a directory or passes messages on. */
export function brokersOf(count: number): readonly Broker[] {
  const middle = ['bus', 'master'].map((id) => ({ id, kind: 'hub', directoryOnly: true }) as const);
  return [...Array.from({ length: count }, (_, index) => ({ id: `r${index + 1}`, kind: 'redis' })), ...middle];
}

export const input: fc.Arbitrary<Input<null, string>> = fc.oneof(
  fc.record({ type: fc.constant('wanted' as const), topic, socket }),
  fc.record({ type: fc.constant('unwanted' as const), topic, socket }),
  fc.record({ type: fc.constant('subscribed' as const), address, attempt }),
  fc.record({
    type: fc.constant('said' as const),
    by: fc.constantFrom('client' as const, 'node' as const),
    kind,
    id,
    topics,
    body: fc.constant(null),
    draws: id,
  }),
  fc.record({
    type: fc.constant('arrived' as const),
    address,
    message: fc.record({ kind, id, view: version, topics, body: fc.constant(null) }),
  }),
  fc.record({ type: fc.constant('told' as const), from: place, telling: fc.record({ topic, address, on: fc.boolean() }), request }),
  fc.record({ type: fc.constant('told' as const), from: place, telling: fc.record({ topic, address, on: fc.boolean(), notice }), request }),
  fc.record({ type: fc.constant('asked' as const), from: place, topics, watch: fc.boolean(), request }),
  fc.record({ type: fc.constant('copied' as const), from: place, request }),
  fc.record({ type: fc.constant('confirmed' as const), place, attempt }),
  fc.record({
    type: fc.constant('answered' as const),
    place,
    attempt,
    entries: fc.array(fc.record({ topic, address }), { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant('copyTaken' as const),
    place,
    attempt,
    lines: fc.array(fc.record({ topic, address, nodes: fc.uniqueArray(place) }), { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('unanswered' as const), place, attempt, definite: fc.constant(false), notice: fc.boolean() }),
  fc.record({ type: fc.constant('lost' as const), broker }),
  fc.record({ type: fc.constant('reconnected' as const), broker }),
  version.map((number) => ({ type: 'view' as const, topology: topologyOf(number) })),
  fc.record({ type: fc.constant('switch' as const), version }),
  fc.record({ type: fc.constant('clean' as const), version }),
);
