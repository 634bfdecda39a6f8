import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadStrategy } from '../plan/strategies.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { Town } from './testing/town.js';

describeWith(findServer('redis-server'), 'nodes with nobody online, where brokers do not say who got a question', () => {
  let town: Town;

  beforeAll(async () => {
    town = await Town.open({ strategy: await loadStrategy({ name: 'redis-cluster', file: null }), file: null }, 4, 'members');
  });
  afterAll(() => town?.close());

  it('answer: who is on no node is offline, and a node that was left answers on', async () => {
    const [ann, bob] = [await town.client('ann', 'n1'), await town.client('bob', 'n2')];
    const start = await town.counted();
    const statusOf = (user: string) => ann.ask('presence', { user });
    expect(await statusOf('nobody')).toEqual({ ok: true, status: 'offline' });
    expect(await statusOf('bob')).toEqual({ ok: true, status: 'online' });
    const { equations, published } = await town.accountsSince(start, 'presence');
    // Two questions, each answered by all four nodes; the asker answers itself through its broker, too.
    expect(published).toBe(2 * (1 + 4));
    // PUBLISH of a cluster counts its own listeners alone: that is why every node must answer.
    const open = equations.filter(({ holds }) => holds !== true);
    expect(open.filter(({ name, holds }) => holds === false || !name.startsWith('handed out'))).toEqual([]);
    bob.close();
    await expect.poll(async () => (await town.counted()).nodes.map((node) => node?.connections)).toEqual([1, 0, 0, 0]);
    expect(await statusOf('bob')).toEqual({ ok: true, status: 'offline' });
  });
});
