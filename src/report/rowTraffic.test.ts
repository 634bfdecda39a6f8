import { describe, expect, it } from 'vitest';
import { loadStrategy } from '../plan/strategies.js';
import type { Plan } from '../plan/types.js';
import { rowTraffic } from './rowTraffic.js';
import { samplePlan } from './testing/sample.js';

/** The plan of another strategy, fitted to its own size. */
async function planOf(name: string, form: Partial<Plan> = {}): Promise<Plan> {
  const strategy = await loadStrategy({ name, file: null });
  const options = strategy.options ?? {};
  const size = strategy.fit?.(samplePlan.size, options) ?? samplePlan.size;
  const topology = { ...samplePlan.topology, brokers: strategy.brokers(size) };
  return { ...samplePlan, strategy: { name, file: null, options }, size, topology, ...form };
}

const rooms = { scenario: 'rooms', rooms: 'members' } as const;

describe('what a row says of a whole run', () => {
  it('is the sum over its messages', async () => {
    expect(await rowTraffic(samplePlan)).toMatchObject({ in: 10_000, out: 10_000, relayed: 0, hops: 0, questions: 0 });
    expect(await rowTraffic(await planOf('single-channel'))).toMatchObject({ in: 10_000, out: 40_000 });
    expect(await rowTraffic(await planOf('redis-cluster'))).toMatchObject({ in: 10_000, out: 40_000, relayed: 20_000 });
  });

  it('counts a hop only to a node that is not the sender’s own', async () => {
    const hops = (await rowTraffic(await planOf('mesh-replicated')))?.hops ?? 0;
    expect(hops).toBeGreaterThan(10_000 * 0.7);
    expect(hops).toBeLessThan(10_000 * 0.8);
  });

  it('asks a master for every message, every node nothing, and the node by hash unless it is the sender’s own', async () => {
    expect(await rowTraffic(await planOf('mesh-master'))).toMatchObject({ questions: 10_000, questionsMost: 10_000 });
    expect(await rowTraffic(await planOf('mesh-master', rooms))).toMatchObject({ questions: 10_000 });
    expect(await rowTraffic(await planOf('mesh-replicated'))).toMatchObject({ questions: 0, questionsMost: 0 });
    const questions = (await rowTraffic(await planOf('directory-hash')))?.questions ?? 0;
    expect(questions).toBeGreaterThan(10_000 * 0.7);
    expect(questions).toBeLessThan(10_000 * 0.8);
  });

  it('asks for members of a room at up to three other places, and for the room at one', async () => {
    const [members, topic] = [await rowTraffic(await planOf('directory-hash', rooms)), await planOf('directory-hash', rooms)];
    const named = await rowTraffic({ ...topic, rooms: 'topic' });
    expect(members?.questions ?? 0).toBeGreaterThan(named?.questions ?? 0);
    expect(members?.questions ?? 0).toBeLessThanOrEqual(30_000);
    expect(named?.questions ?? 0).toBeLessThanOrEqual(10_000);
    expect(members?.hops).toBe(named?.hops);
  });

  it('leaves open how many questions there are where answers are kept, but not how many there can be at most', async () => {
    const kept = await rowTraffic(await planOf('node-inbox'));
    expect(kept).toMatchObject({ in: 10_000, out: 10_000, hops: 0, questions: null });
    expect(kept?.questionsMost ?? 0).toBeGreaterThan(400);
    expect(kept?.questionsMost ?? 0).toBeLessThan(4 * 400);
  });

  it('is not known for another size or other options than the row is for', async () => {
    expect(await rowTraffic({ ...samplePlan, size: { ...samplePlan.size, nodes: 5 } })).toBeNull();
    const grouped = await planOf('grouped');
    expect(await rowTraffic({ ...grouped, strategy: { name: 'grouped', file: null, options: { groups: 4 } } })).toBeNull();
    expect(await rowTraffic(grouped)).toMatchObject({ in: 20_000 });
  });
});
