import fc from 'fast-check';
import { expect, it } from 'vitest';
import redisSharded from '../../../strategies/redis-sharded.js';
import { slotOf } from '../../routing/slots.js';
import type { Address, BrokerId, Routing, Topic } from '../../routing/types.js';
import { visit } from '../redis/visit.js';
import { chatFrom, pick, range } from '../testing/messages.js';
import { describeWith, findServer } from '../testing/servers.js';
import { redisSharded as sharded } from './index.js';
import { limits } from './testing/limits.js';
import { ids, type Stage, stageOf } from './testing/stage.js';

const brokers = redisSharded.brokers({ nodes: 1, brokers: ids.length, users: 1, ratePerSecond: 1, seconds: 1, bytes: 1 });
const routing: Routing = redisSharded.route({ version: 1, nodes: ['n1'], brokers });

/** Where the strategy puts a topic. */
function owned(topic: Topic): Address {
  const [address] = routing.subscribe(topic, 'n1');
  if (address === undefined) throw new Error(`no address of ${topic}`);
  return address;
}

describeWith(findServer('redis-server'), 'redis-sharded', () => {
  const stage = stageOf(sharded);
  const topics = range(60).map((number): Topic => `u:user-${number}`);

  it('puts every channel where the cluster says that its slot is, whatever the run is called', async () => {
    const owners = await ownersOf(stage());
    await visit('r1', stage().url('r1'), async (redis) => {
      const agrees = async (topic: string, run: string) => {
        const { broker, channel } = owned(topic as Topic);
        const slot = Number(await redis.call('CLUSTER', 'KEYSLOT', `bench:${run}:${channel}`));
        expect(slot).toBe(slotOf(topic));
        expect(broker).toBe(owners(slot));
      };
      const topic = fc.stringMatching(/^[ursn]:[A-Za-z0-9_-]{1,64}$/);
      await fc.assert(fc.asyncProperty(topic, fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), agrees), { numRuns: 500 });
    });
  });

  it('hands a message to the listeners of its channel exactly once, and answers with their number', async () => {
    const listeners = await Promise.all(range(3).map((index) => stage().node(`l${index}`)));
    const wanted = topics.map((topic, index) => listeners.slice(0, index % 4).map(([transport]) => [transport, owned(topic)] as const));
    await Promise.all(wanted.flat().map(([transport, address]) => transport.subscribe(address)));
    const [node] = await stage().node('n1');
    const receipts = await Promise.all(topics.map((topic, index) => node.publish(owned(topic), chatFrom('n1', index, topic))));
    expect(receipts).toEqual(topics.map((_, index) => index % 4));
    expect(new Set(topics.map((topic) => owned(topic).broker)).size).toBe(3);
    await Promise.all(listeners.map(([transport]) => transport.settle()));
    for (const [index, [, ear]] of listeners.entries()) {
      const due = range(topics.length).filter((number) => number % 4 > index);
      expect([...ear.ids].sort()).toEqual(due.map((number) => `n1-${number}`).sort());
    }
  });

  it('counts in its own words what was published on each instance, and relays nothing', async () => {
    const [node] = await stage().node('n1');
    const before = await stage().counters();
    await Promise.all(topics.map((topic, index) => node.publish(owned(topic), chatFrom('n1', index, topic))));
    const after = await stage().counters();
    const published = ids.map((id) => topics.filter((topic) => owned(topic).broker === id).length);
    expect(after.map((counters, index) => (counters.in ?? 0) - (before[index]?.in ?? 0))).toEqual(published);
    expect(after.map(({ relayed }) => relayed)).toEqual([0, 0, 0]);
  });

  it('keeps the order of the messages of one publisher, and loses none before it is settled', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await Promise.all(topics.map((topic) => to.subscribe(owned(topic))));
    await Promise.all(range(6_000).map((number) => from.publish(owned(pick(topics, number)), chatFrom('n1', number))));
    await from.settle();
    await to.settle();
    for (const [index, topic] of topics.entries()) {
      const there = ear.heard.filter(({ address }) => address.channel === owned(topic).channel).map(({ message }) => message.id);
      expect(there).toEqual(range(100).map((number) => `n1-${60 * number + index}`));
    }
  });

  it('refuses a channel at a primary that does not own its slot, and counts no publish', async () => {
    const [node] = await stage().node('n1');
    const { broker, channel } = owned('u:ann');
    const wrong = { broker: ids.find((id) => id !== broker) ?? '', channel };
    const before = await stage().counters();
    await expect(node.publish(wrong, chatFrom('n1', 1))).rejects.toMatchObject({
      outcome: 'rejected',
      message: expect.stringMatching(/refused SPUBLISH: MOVED \d+ .*belongs to another primary/),
    });
    await expect(node.subscribe(wrong)).rejects.toThrow(/refused SSUBSCRIBE: MOVED/);
    expect((await stage().counters()).map((counters) => counters.in)).toEqual(before.map((counters) => counters.in));
  });

  it('is not heard after the channel was left', async () => {
    const [from] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    await to.subscribe(owned('u:ann'));
    await to.unsubscribe(owned('u:ann'));
    expect(await from.publish(owned('u:ann'), chatFrom('n1', 1))).toBe(0);
    await to.settle();
    expect(ear.ids).toEqual([]);
  });

  it('loses a killed primary and its channels alone, and takes it back', async () => {
    const [from, fromEar] = await stage().node('n1');
    const [to, ear] = await stage().node('n2');
    const [there, elsewhere] = [pickOwned(topics, 'r2'), pickOwned(topics, 'r3')];
    await Promise.all([to.subscribe(there), to.subscribe(elsewhere)]);
    const restart = await stage().kill('r2');
    await Promise.all([ear, fromEar].map((each) => each.until('lost r2')));
    await expect(from.publish(there, chatFrom('n1', 1))).rejects.toMatchObject({ outcome: 'rejected' });
    expect(await from.publish(elsewhere, chatFrom('n1', 2))).toBe(1);
    await restart();
    await Promise.all([ear, fromEar].map((each) => each.until('reconnected r2')));
    await to.subscribe(there);
    expect(await from.publish(there, chatFrom('n1', 3))).toBe(1);
    await to.settle();
    expect(ear.ids).toEqual(['n1-2', 'n1-3']);
    expect(ear.changes.join(', ')).toMatch(/^(lost r2( for publishing)?, )+reconnected r2$/);
  });

  limits(sharded, stage, () => owned('u:ann'));
});

/** Which broker has a slot, by the cluster's own table. */
async function ownersOf(stage: Stage): Promise<(slot: number) => BrokerId | undefined> {
  const table = await stage.ask('r1', 'CLUSTER', 'SLOTS');
  if (!Array.isArray(table)) throw new Error('CLUSTER SLOTS did not answer with a list');
  const byPort = new Map(stage.places.map(({ id, url }) => [Number(new URL(url).port), id]));
  return (slot) => {
    const row = table.find(([first, last]) => first <= slot && slot <= last);
    return byPort.get(Number(row?.[2]?.[1]));
  };
}

function pickOwned(topics: readonly Topic[], broker: BrokerId): Address {
  const found = topics.map(owned).find((address) => address.broker === broker);
  if (found === undefined) throw new Error(`no topic of ${broker}`);
  return found;
}
