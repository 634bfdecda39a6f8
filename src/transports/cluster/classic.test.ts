import { expect, it } from 'vitest';
import type { Address, BrokerId } from '../../routing/types.js';
import { chatFrom, range } from '../testing/messages.js';
import { describeWith, findServer } from '../testing/servers.js';
import type { Transport } from '../types.js';
import { redisCluster as classic } from './index.js';
import { limits } from './testing/limits.js';
import { ids, prefix, stageOf } from './testing/stage.js';

const all = (broker: BrokerId): Address => ({ broker, channel: 'all' });

describeWith(findServer('redis-server'), 'redis-cluster', () => {
  const stage = stageOf(classic);

  it('hands every message, published on any instance, to every listener on any instance exactly once, in the order of its instance', async () => {
    const ears = await Promise.all(ids.map(async (id) => listening(await stage().node(`on-${id}`), all(id))));
    const [node] = await stage().node('n1');
    for (const from of ids) await Promise.all(range(200).map((number) => node.publish(all(from), chatFrom(from, number))));
    await Promise.all(ears.map(([transport]) => transport.settle()));
    for (const [index, [, ear]] of ears.entries()) {
      for (const from of ids) {
        expect(ear.ids.filter((name) => name.startsWith(from))).toEqual(range(200).map((number) => `${from}-${number}`));
      }
      expect(ear.ids.length).toBe(600);
      expect(new Set(ear.heard.map(({ address }) => address.broker))).toEqual(new Set([ids[index]]));
    }
  });

  it('is heard at once from every other instance when a subscription is confirmed', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    for (const number of range(60)) {
      const channel = `fresh-${number}`;
      await to.subscribe({ broker: 'r2', channel });
      await from.publish({ broker: ids[number % 3] ?? 'r1', channel }, chatFrom('n1', number));
    }
    await to.settle();
    expect([...ear.ids].sort()).toEqual(
      range(60)
        .map((number) => `n1-${number}`)
        .sort(),
    );
  });

  it('counts in its own words what was published on each instance, and a copy for each other instance', async () => {
    const [node] = await stage().node('n1');
    const before = await stage().counters();
    for (const [index, id] of ids.entries()) {
      await Promise.all(range(100 * (index + 1)).map((number) => node.publish(all(id), chatFrom(id, number))));
    }
    await node.settle();
    const after = await stage().counters();
    const between = (figure: 'in' | 'relayed') => ids.map((_, index) => (after[index]?.[figure] ?? 0) - (before[index]?.[figure] ?? 0));
    expect(between('in')).toEqual([100, 200, 300]);
    expect(between('relayed')).toEqual([200, 400, 600]);
    expect(after.map(({ out }) => out)).toEqual([null, null, null]);
    const received = (counters: typeof after) => counters.map(({ raw }) => Number(raw.cluster_publish_received));
    expect(received(after).map((count, index) => count - (received(before)[index] ?? 0))).toEqual([500, 400, 300]);
  });

  it('answers a publish with nothing: only one instance would count its listeners', async () => {
    const [node] = await stage().node('n1');
    await node.subscribe(all('r2'));
    expect(await node.publish(all('r1'), chatFrom('n1', 1))).toBeNull();
    expect(await stage().ask('r1', 'PUBLISH', `${prefix}all`, 'as a stranger')).toBe(0);
    expect(await stage().ask('r2', 'PUBLISH', `${prefix}all`, 'as a stranger')).toBe(1);
  });

  it('is settled only when nothing is under way from one instance to another', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await to.subscribe(all('r3'));
    const body = Buffer.alloc(1_000);
    for (const round of range(3)) {
      stage().signal('r3', 'SIGSTOP');
      // More than the system keeps for a connection: r1 has answered all of it, and still holds most of what r3 is to get.
      await Promise.all(range(20_000).map((number) => from.publish(all('r1'), { ...chatFrom('n1', number), body })));
      stage().signal('r1', 'SIGSTOP');
      stage().signal('r3', 'SIGCONT');
      const settled = to.settle().then(() => ear.heard.length);
      await stage().ask('r3', 'PING');
      stage().signal('r1', 'SIGCONT');
      expect(await settled).toBe((round + 1) * 20_000);
    }
  });

  it('reports what strangers publish on any instance as junk', async () => {
    const [node, ear] = await stage().node('n1');
    await node.subscribe(all('r2'));
    for (const id of ids) for (const bytes of ['', '\xff'.repeat(70_000)]) await stage().ask(id, 'PUBLISH', `${prefix}all`, bytes);
    await node.settle();
    expect(ear.junkFrom).toEqual(range(6).map(() => 'r2'));
    expect(ear.ids).toEqual([]);
  });

  it('is heard from all others by a listener that subscribed again at an instance that was killed', async () => {
    const [from, fromEar] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await Promise.all([to.subscribe(all('r1')), to.subscribe(all('r2'))]);
    const restart = await stage().kill('r2');
    await Promise.all([ear, fromEar].map((each) => each.until('lost r2')));
    expect(ear.changes).not.toContain('lost r1');
    await expect(from.publish(all('r2'), chatFrom('n1', 1))).rejects.toMatchObject({
      outcome: 'rejected',
      message: expect.stringContaining('[r2]'),
    });
    await expect(to.subscribe({ broker: 'r2', channel: 'other' })).rejects.toThrow('[r2]');
    await to.subscribe({ broker: 'r1', channel: 'other' });
    await restart();
    await ear.until('reconnected r2');
    await to.subscribe(all('r2'));
    for (const id of ['r1', 'r3']) await from.publish(all(id), chatFrom(id, 2));
    await Promise.all(['r1', 'r2'].map((id) => untilHeard(ear, id, 2)));
    expect(ear.heard.map(({ address, message }) => `${message.id} at ${address.broker}`).sort()).toEqual([
      'r1-2 at r1',
      'r1-2 at r2',
      'r3-2 at r1',
      'r3-2 at r2',
    ]);
    await expect(to.settle()).rejects.toThrow(/\[r2\] was lost for a while/);
  });

  it('confirms no subscription at an instance that came back before the others have found it again', async () => {
    const [from, fromEar] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    const forgotten = String(await stage().ask('r2', 'CLUSTER', 'MYID'));
    const restart = await stage().kill('r2');
    for (const id of ['r1', 'r3']) await stage().ask(id, 'CLUSTER', 'FORGET', forgotten);
    await restart();
    await Promise.all([ear, fromEar].map((each) => each.until('reconnected r2')));
    let confirmed = false;
    const subscribed = to.subscribe(all('r2')).then(() => {
      confirmed = true;
    });
    await expect.poll(() => stage().ask('r2', 'PUBSUB', 'NUMSUB', `${prefix}all`)).toEqual([`${prefix}all`, 1]);
    await from.publish(all('r1'), chatFrom('r1', 1));
    expect(confirmed).toBe(false);
    for (const id of ['r1', 'r3']) await stage().introduce(id, 'r2');
    await subscribed;
    for (const id of ['r1', 'r3']) await from.publish(all(id), chatFrom(id, 2));
    await untilHeard(ear, 'r2', 2);
    expect([...ear.ids].sort()).toEqual(['r1-2', 'r3-2']);
  });

  limits(classic, stage, () => all('r1'));
});

async function listening<N extends readonly [Transport, ...unknown[]]>(node: N, address: Address): Promise<N> {
  await node[0].subscribe(address);
  return node;
}

/** Resolves when so many were heard through a broker. */
async function untilHeard(
  ear: { readonly heard: readonly { readonly address: Address }[] },
  broker: BrokerId,
  count: number,
): Promise<void> {
  await expect.poll(() => ear.heard.filter(({ address }) => address.broker === broker).length, { timeout: 5_000 }).toBe(count);
}
