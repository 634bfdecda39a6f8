import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startRedisServer } from '../testing/redisServer.js';
import { Relay } from '../testing/relay.js';
import { describeWith, findServer } from '../testing/servers.js';
import { classic, sharded, streams } from './index.js';
import { Station } from './testing/station.js';

const kinds = [classic, sharded, streams].map(({ kind }) => kind);

describeWith(findServer('redis-server'), 'online() asks the other nodes by fetchSockets', (program) => {
  describe.each(kinds)('%s', (kind) => {
    let broker: RunningServer;
    let relay: Relay;
    let [one, two]: Station[] = [];
    beforeAll(async () => {
      broker = await startRedisServer(program);
      relay = await Relay.open(broker.port);
      one = await Station.open('n1', kind, broker.port);
      two = await Station.open('n2', kind, relay.port);
    });
    afterAll(async () => {
      await Promise.all([one?.close(), two?.close()]);
      await relay.close();
      await broker.stop();
    });
    const pair = (): [Station, Station] => {
      if (one === undefined || two === undefined) throw new Error('the stations are not open');
      return [one, two];
    };

    it('is true while a socket anywhere is in the room, and false after the last one left', async () => {
      const [here, there] = pair();
      const clients = [await there.client('u:ann'), await there.client('u:ann')];
      expect([await here.transport.online?.('u:ann'), await there.transport.online?.('u:ann')]).toEqual([true, true]);
      expect(await here.transport.online?.('u:bob')).toBe(false);
      for (const client of clients) {
        expect(await here.transport.online?.('u:ann')).toBe(true);
        await there.leave(client);
      }
      expect(await here.transport.online?.('u:ann')).toBe(false);
    });

    it('counts its questions and answers as presence, to the message', async () => {
      const [here, there] = pair();
      const before = [here, there].map(({ published, passed }) => [published.length, passed.length]);
      await here.transport.online?.('u:eve');
      await Promise.all([here.transport.settle(), there.transport.settle()]);
      const after = [here, there].map(({ published, passed }) => [published.length, passed.length]);
      const grown = after.map((counts, index) => counts.map((count, at) => count - (before[index]?.[at] ?? 0)));
      // The question comes back to the asker, too; the answer goes to the asker alone.
      expect(grown).toEqual([
        [1, 2],
        [1, 1],
      ]);
      expect(new Set([...here.published, ...there.published, ...here.passed, ...there.passed])).toEqual(new Set(['presence']));
    });

    it('rejects when a node does not answer: then it is not known', async () => {
      const [here] = pair();
      relay.hold();
      await expect(here.transport.online?.('u:ann')).rejects.toThrow(/timeout/);
      relay.release();
    });

    it('hears again, and says so, after its connections were cut', async () => {
      const [here, there] = pair();
      await relay.away();
      await there.until('lost r1');
      const room = { broker: 'r1', channel: 'all' };
      await expect(there.transport.subscribe(room)).rejects.toThrow('[r1]');
      const message = { kind: 'chat', id: 'n2-1', view: 1, topics: ['u:ann'], body: Buffer.from('2["message",{}]') } as const;
      await expect(there.transport.publish(room, message)).rejects.toMatchObject({ outcome: 'rejected' });
      relay.accept();
      await there.until('reconnected r1');
      await there.client('u:ann');
      expect(await here.transport.online?.('u:ann')).toBe(true);
    });
  });
});
