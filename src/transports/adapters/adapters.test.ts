import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import adapterSharded from '../../../strategies/adapter-sharded.js';
import adapterStreams from '../../../strategies/adapter-streams.js';
import redisBroadcast from '../../../strategies/redis-broadcast.js';
import type { Options, Strategy } from '../../routing/types.js';
import { encodeRequest, RawConnection } from '../testing/rawConnection.js';
import { describeWith, findServer } from '../testing/servers.js';
import { Bay, between } from './testing/bay.js';

interface Way {
  readonly title: string;
  readonly strategy: Strategy;
  readonly options: Options;
  /** How many of the 3 nodes get a message whose only recipient is on one of them. */
  readonly copies: number;
  /** What the 3 nodes hear while nobody is online: one shared place or more, and one for each node. */
  readonly channels: number;
  /** Rooms are heard some time after they are joined. */
  readonly window: boolean;
  /** The broker says how many got a message. */
  readonly receipts: boolean;
}

const sharded = (mode: string, copies: number): Way => ({
  title: `adapter-sharded, ${mode}`,
  strategy: adapterSharded as Strategy,
  options: { mode },
  copies,
  channels: 4,
  window: mode !== 'static',
  receipts: true,
});
const ways: readonly Way[] = [
  { title: 'redis-broadcast', strategy: redisBroadcast, options: {}, copies: 3, channels: 6, window: false, receipts: true },
  sharded('static', 3),
  sharded('dynamic', 1),
  sharded('dynamic-private', 1),
  { title: 'adapter-streams', strategy: adapterStreams, options: {}, copies: 3, channels: 4, window: false, receipts: false },
];

describeWith(findServer('redis-server'), 'the official adapters', (program) => {
  describe.each(ways)('$title', (way) => {
    let bay: Bay;
    beforeAll(async () => {
      bay = await Bay.open(program, way.strategy, way.options);
    });
    afterAll(() => bay.close());
    const send = async (from: string, to: string, text: string, node = 0) => {
      const sender = await bay.world.client(from, node, text);
      expect(await sender.ask('message', { to, text })).toMatchObject({ ok: true });
      sender.close();
    };

    it('subscribes, by the word of the broker, to as many channels as an empty town needs', async () => {
      await bay.world.settle();
      expect(await bay.channels()).toBe(way.channels);
    });

    it('delivers once to each socket of a user, on whatever node, and every count holds to the message', async () => {
      const sockets = await Promise.all([0, 1, 1].map((node, device) => bay.world.client('ann', node, `${device}`)));
      const sender = await bay.world.client('bob', 0);
      const before = await bay.tally();
      for (const text of ['one', 'two']) expect(await sender.ask('message', { to: 'ann', text })).toMatchObject({ ok: true });
      for (const socket of sockets) expect(await bay.world.texts(socket)).toEqual(['one', 'two']);
      const out = 2 * Math.max(way.copies, 2);
      const counted = between(before, await bay.tally());
      expect(counted).toEqual({ in: 2, out: way.receipts ? out : null, published: 2, received: out, delivered: 6 });
    });

    it('a message to a user on another node costs one publish, and a copy for each node that listens', async () => {
      const cid = await bay.world.client('cid', 1);
      const sender = await bay.world.client('bob', 0, 'direct');
      const before = await bay.tally();
      expect(await sender.ask('message', { to: 'cid', text: 'hello' })).toMatchObject({ ok: true });
      expect(await bay.world.texts(cid)).toEqual(['hello']);
      const counted = between(before, await bay.tally());
      expect(counted).toMatchObject({ in: 1, out: way.receipts ? way.copies : null, received: way.copies, delivered: 1 });
    });

    it('a post reaches the members of the room, the poster too, and nobody who was removed', async () => {
      const [dan, eve, fay] = await Promise.all(['dan', 'eve', 'fay'].map((user, node) => bay.world.client(user, node)));
      if (dan === undefined || eve === undefined || fay === undefined) throw new Error('not all came');
      await dan.ask('room:create', { room: 'tea', members: ['eve', 'fay'] });
      await bay.world.settle();
      await dan.ask('post', { room: 'tea', text: 'all' });
      await bay.world.settle();
      await dan.ask('room:remove', { room: 'tea', user: 'eve' });
      await bay.world.settle();
      await dan.ask('post', { room: 'tea', text: 'less' });
      expect(await bay.world.texts(dan)).toEqual(['all', 'less']);
      expect(await bay.world.texts(eve)).toEqual(['all']);
      expect(await bay.world.texts(fay)).toEqual(['all', 'less']);
    });

    it('who left gets nothing, and the node leaves the room', async () => {
      const gus = await bay.world.client('gus', 1);
      const stays = await bay.world.client('gus', 2, 'stays');
      gus.close();
      await send('bob', 'gus', 'later');
      expect(await bay.world.texts(stays)).toEqual(['later']);
      expect(gus.got).toEqual([]);
    });

    it('what nodes say to each other goes from server to server: whether somebody is online', async () => {
      await bay.world.client('hal', 1);
      const asker = await bay.world.client('bob', 0, 'asks');
      await bay.world.settle();
      const before = await bay.tally();
      expect(await asker.ask('presence', { user: 'hal' })).toEqual({ ok: true, status: 'online' });
      const counted = between(before, await bay.tally());
      expect(counted.in).toBe(counted.published);
      if (way.receipts) expect(counted.out).toBe(counted.received);
      expect(counted.delivered).toBe(0);
    });

    it(
      way.window ? 'loses what is sent between a join and its confirmation' : 'loses nothing of what is sent right after a join',
      async () => {
        bay.relay.holdRequests();
        const ida = await bay.world.client('ida', 2);
        await send('bob', 'ida', 'early');
        bay.relay.release();
        await bay.world.settle();
        await send('bob', 'ida', 'late');
        expect(await bay.world.texts(ida)).toEqual(way.window ? ['late'] : ['early', 'late']);
        const { joinWindowMsMax } = bay.world.node(2).snapshot();
        if (way.window) expect(joinWindowMsMax).toBeGreaterThan(0);
        else expect(joinWindowMsMax).toBeNull();
      },
    );

    it('a room whose name has 20 characters goes to all nodes in the mode dynamic, and only there', async () => {
      const eighteen = 'a'.repeat(18);
      const long = await bay.world.client(eighteen, 1);
      const before = await bay.tally();
      await send('bob', eighteen, 'long');
      expect(await bay.world.texts(long)).toEqual(['long']);
      const copies = way.options.mode === 'dynamic' ? 3 : way.copies;
      expect(between(before, await bay.tally())).toMatchObject({ in: 1, received: copies, delivered: 1 });
    });

    it('a stranger on its channels is counted as junk and kills nobody', async () => {
      const { run } = bay.world;
      const stranger = await RawConnection.open(bay.port);
      const [word, ...rest] = strangeWords(way, `bench:${run}:sio`);
      stranger.send(encodeRequest([word ?? '', ...rest]) + encodeRequest(['ECHO', 'said']));
      await stranger.until('said');
      stranger.close();
      await bay.world.settle();
      expect(bay.world.nodes.map((node) => node.snapshot().brokers.r1?.junk)).toEqual([1, 1, 1]);
    });
  });
});

function strangeWords({ strategy }: Way, prefix: string): string[] {
  if (strategy.name === 'adapter-streams') return ['XADD', `${prefix}-stream`, '*', 'nsp', '/', 'odd', 'field'];
  return [strategy.name === 'redis-broadcast' ? 'PUBLISH' : 'SPUBLISH', `${prefix}#/#`, 'no message of an adapter'];
}
