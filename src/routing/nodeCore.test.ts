import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf } from './listening.js';
import type { Effect, Input } from './messages.js';
import { NodeCore } from './nodeCore.js';
import { input, topologyOf } from './testing/inputs.js';
import { aroundWithEcho, flooding, relayed } from './testing/relaying.js';
import { allStrategies } from './testing/strategies.js';
import { play } from './testing/trace.js';
import { kinds, type Strategy } from './types.js';

const strategies = [...(await allStrategies()), aroundWithEcho, flooding, relayed];

/** Scripts and what came of them, in one file each: edit the inputs, run `vitest run src/routing -u`, and read the difference. */
describe('traces', () => {
  const folder = new URL('./traces/', import.meta.url);
  test.each(readdirSync(folder))('%s', async (file) => {
    const path = new URL(file, folder);
    await expect(play(readFileSync(path, 'utf8'), strategies)).toMatchFileSnapshot(path.pathname);
  });
});

type Step = Input<null, string>;
type Done = Effect<null, string>;

/** A node after its first view, and everything it did on the inputs that follow. */
function run(strategy: Strategy, inputs: readonly Step[]): { core: NodeCore<null, string>; effects: Done[] } {
  const core = new NodeCore<null, string>({ node: 'n1', seed: 1, route: (topology) => strategy.route(topology, strategy.options ?? {}) });
  const effects = [{ type: 'view', topology: topologyOf(1) } as const, ...inputs].flatMap((step) => core.step(step));
  return { core, effects };
}

/** Where a node listens, if brokers do what it said. */
function listenedAt(effects: readonly Done[]): string[] {
  const places = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'subscribe') places.add(keyOf(effect.address));
    if (effect.type === 'unsubscribe') places.delete(keyOf(effect.address));
  }
  return [...places].sort();
}

const inputs = fc.array(input, { maxLength: 60 });
const everybody = [...topologyOf(5).brokers.map(({ id }) => id), 'n2', 'n3'];

const isNotice = (effect: Done) => effect.type === 'tell' && effect.telling.notice === true;
const isAnswer = ({ type }: Done) => type === 'answer' || type === 'handOver';
const isPut = (effect: Done) => ['publish', 'tell', 'ask', 'copy'].includes(effect.type) && !isNotice(effect);
const isGot = (step: Step) =>
  ['arrived', 'answered', 'copyTaken'].includes(step.type) || (step.type === 'told' && step.telling.notice === true);
const isServed = (step: Step) => ['asked', 'copied'].includes(step.type) || (step.type === 'told' && step.telling.notice !== true);

/** What brokers and places say when all goes well. */
function confirmations(effects: readonly Done[]): Step[] {
  return effects.flatMap((effect): Step[] => {
    if (effect.type === 'subscribe') return [{ type: 'subscribed', address: effect.address, attempt: effect.attempt }];
    return effect.type === 'tell' ? [{ type: 'confirmed', place: effect.place, attempt: effect.attempt }] : [];
  });
}

describe.each(strategies)('a node by $name, whatever happens in whatever order', (strategy) => {
  test('counts what it did and what it was handed', () => {
    fc.assert(
      fc.property(inputs, (steps) => {
        const { core, effects } = run(strategy, steps);
        const { counters } = core;
        const total = (name: 'fromClients' | 'published' | 'received' | 'useful' | 'wasted' | 'deliveredToSockets') =>
          kinds.reduce((sum, kind) => sum + counters.kinds[kind][name], 0);
        const traffic = [...counters.brokers.spokenWith()].flatMap((broker) => Object.values(counters.brokers.of(broker)));
        const published = effects.filter(isPut).length;
        const received = steps.filter(isGot).length;
        expect(total('fromClients')).toBe(steps.filter((step) => step.type === 'said' && step.by === 'client').length);
        expect(total('received')).toBe(received);
        expect(total('received')).toBe(total('useful') + total('wasted'));
        expect(total('published')).toBe(published);
        expect(traffic.reduce((sum, one) => sum + one.in, 0)).toBe(published);
        expect(traffic.reduce((sum, one) => sum + one.out, 0)).toBe(received);
        expect(counters.asBroker.directory.in).toBe(steps.filter(isServed).length);
        expect(counters.asBroker.directory.out).toBe(effects.filter((effect) => isNotice(effect) || isAnswer(effect)).length);
        expect(counters.subscribes).toBe(effects.filter(({ type }) => type === 'subscribe').length);
        expect(counters.unsubscribes).toBe(effects.filter(({ type }) => type === 'unsubscribe').length);
      }),
    );
  });

  test('leaves every place when nobody wants anything any more', () => {
    fc.assert(
      fc.property(inputs, (steps) => {
        const leaving = steps.flatMap((step): Step[] => (step.type === 'wanted' ? [{ ...step, type: 'unwanted' }] : []));
        const { core, effects } = run(strategy, [...steps, ...leaving]);
        expect(listenedAt(effects)).toEqual([]);
        expect([core.subscriptions(), core.entries()]).toEqual([{}, {}]);
      }),
    );
  });

  test('listens, once it has cleaned up, exactly where its routing says', () => {
    fc.assert(
      fc.property(inputs, (steps) => {
        const last = [
          { type: 'view', topology: topologyOf(5) },
          { type: 'switch', version: 5 },
          { type: 'clean', version: 5 },
        ] as const;
        const { core, effects } = run(strategy, [...steps, ...last]);
        const routing = strategy.route(topologyOf(5), strategy.options ?? {});
        const wanted = (['u:ann', 'u:bob', 'r:tea', 's:ann', 'n:n1'] as const).filter((topic) => core.sockets(topic) !== undefined);
        const places = wanted.flatMap((topic) => routing.subscribe(topic, 'n1')).filter(({ broker }) => broker !== 'n1');
        expect(listenedAt(effects)).toEqual([...new Set(places.map(keyOf))].sort());
        const tells = wanted.flatMap((topic) => (routing.directory?.(topic) ?? []).flatMap(() => routing.subscribe(topic, 'n1')));
        expect(Object.values(core.entries()).reduce((sum, count) => sum + count, 0)).toBe(tells.length);
      }),
    );
  });

  test('says ready to whoever wants something, once its latest attempts are confirmed', () => {
    fc.assert(
      fc.property(inputs, (steps) => {
        const { core, effects } = run(strategy, steps);
        for (const broker of everybody) core.step({ type: 'lost', broker });
        for (const confirmation of confirmations(effects)) expect(core.step(confirmation)).toEqual([]);
        const again = everybody.flatMap((broker) => core.step({ type: 'reconnected', broker }));
        for (const confirmation of confirmations(again)) core.step(confirmation);
        const wanted = (['u:ann', 'u:bob', 'r:tea', 's:ann'] as const).filter((topic) => core.sockets(topic) !== undefined);
        for (const topic of wanted) expect(core.step({ type: 'wanted', topic, socket: 's9' })).toEqual([{ type: 'ready', topic }]);
      }),
    );
  });
});

test('a message before the first view is our own bug, and says whose', () => {
  const core = new NodeCore<null, string>({ node: 'n1', seed: 1, route: () => ({ subscribe: () => [], publish: () => [] }) });
  expect(() => core.step({ type: 'said', by: 'client', kind: 'chat', id: 'n1-1', topics: ['u:ann'], body: null, draws: 'd' })).toThrow(
    '[n1] a message was said before the first view',
  );
});
