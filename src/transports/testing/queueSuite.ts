import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../routing/messages.js';
import type { Address } from '../../routing/types.js';
import { encodeFrame, frameLimits } from '../frame.js';
import { connectionTimes } from '../times.js';
import type { Transport } from '../types.js';
import { range } from './messages.js';
import { broker, QueueStage, type QueueWay, suiteSettings } from './queueStage.js';
import { chat, outcomes } from './stage.js';

/** What bench promises of such a transport, on the real server. */
export function queueSuite(way: QueueWay): void {
  let stage: QueueStage;
  const at = (name: string): Address => ({ broker, channel: way.channel(name) });
  const outcomesOf = (node: Transport, name: string, count: number) => outcomes(node, range(count), way.channel(name), broker);
  beforeAll(async () => {
    stage = await QueueStage.open(way);
  });
  afterEach(() => stage.closeNodes());
  afterAll(() => stage?.close());

  describe('subscribe and publish', () => {
    it('hands one copy to each node that listens, the sender among them', async () => {
      const [one, oneEar] = await stage.node('n1');
      const [two, twoEar] = await stage.node('n2');
      await Promise.all([one.subscribe(at('r:7')), two.subscribe(at('r:7'))]);
      expect(await one.publish(at('r:7'), chat(1))).toBeNull();
      await stage.settle();
      for (const ear of [oneEar, twoEar]) expect(ear.heard).toEqual([{ address: at('r:7'), message: chat(1) }]);
    });

    it('says when nobody listens: before, after and in between', async () => {
      const [from, to, ear] = await stage.pair();
      expect(await from.publish(at('u:ann'), chat(1))).toBe(0);
      await to.subscribe(at('u:ann'));
      const both = [from.publish(at('u:ann'), chat(2)), from.publish(at('u:bob'), chat(3)), from.publish(at('u:ann'), chat(4))];
      expect(await Promise.all(both)).toEqual([null, 0, null]);
      await to.unsubscribe(at('u:ann'));
      expect(await from.publish(at('u:ann'), chat(5))).toBe(0);
      await stage.settle();
      expect(ear.ids).toEqual(['n1-2', 'n1-4']);
    });

    it('is heard from the confirmation on, also when left and subscribed again at once', async () => {
      const [from, to, ear] = await stage.pair();
      for (const number of range(50)) {
        await to.subscribe(at(`u:${number}`));
        await from.publish(at(`u:${number}`), chat(number));
      }
      await Promise.all([to.unsubscribe(at('u:0')), to.subscribe(at('u:0')), to.subscribe(at('u:new'))]);
      await Promise.all([from.publish(at('u:0'), chat(50)), from.publish(at('u:new'), chat(51))]);
      await stage.settle();
      expect(ear.ids).toEqual(range(52).map((number) => `n1-${number}`));
    });

    it('carries every byte, up to the largest frame', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(at('n:n2'));
      const everyByte = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
      const sent: Message<Buffer>[] = [
        { kind: 'directory', id: 'n1-1', view: 4_000_000_000, topics: ['n:n2'], body: everyByte },
        { kind: 'control', id: 'n1-2', view: 1, topics: [], body: Buffer.alloc(0) },
        { kind: 'chat', id: 'n1-3', view: 1, topics: manyTopics(), body: Buffer.alloc(frameLimits.bodyBytes, 'long ') },
      ];
      for (const message of sent) await from.publish(at('n:n2'), message);
      await stage.settle();
      const same = ear.heard.map(({ message }, index) => sameMessage(message, sent[index]));
      expect(same).toEqual([true, true, true]);
    });

    it('keeps channels apart that look alike to a broker', async () => {
      const [from, to, ear] = await stage.pair();
      const names = ['a.b', 'a', '*', '>', 'a.*', 'a b', 'a=0020b', '#', 'ą'];
      await Promise.all(names.map((name) => to.subscribe(at(name))));
      await Promise.all(names.map((name, number) => from.publish(at(name), chat(number))));
      expect(await from.publish(at('a.c'), chat(99))).toBe(0);
      await stage.settle();
      expect(ear.heard.map(({ address, message }) => [address.channel, message.id])).toEqual(
        names.map((name, number) => [way.channel(name), `n1-${number}`]),
      );
    });
  });

  describe('many messages', () => {
    if (way.kind.facts.orderKept) {
      it('keep their order per address, and all arrive before settle() resolves', async () => {
        const [from, to, ear] = await stage.pair();
        const names = range(10).map((number) => `u:${number}`);
        await Promise.all(names.map((name) => to.subscribe(at(name))));
        let answered = 0;
        const sends = range(10_000).map((number) => from.publish(at(`u:${number % 10}`), chat(number)).then(() => answered++));
        await from.settle();
        expect(answered).toBe(10_000);
        await to.settle();
        for (const [index, name] of names.entries()) {
          const there = ear.heard.filter(({ address }) => address.channel === way.channel(name));
          expect(there.map(({ message }) => message.id)).toEqual(range(1_000).map((number) => `n1-${10 * number + index}`));
        }
        await Promise.all(sends);
      });
    }

    it('are counted by the broker to the message, and nothing else is', async () => {
      const [from, to, ear] = await stage.pair();
      await Promise.all([to.subscribe(at('u:ann')), from.subscribe(at('u:bob')), to.subscribe(at('u:bob'))]);
      await stage.settle();
      const before = await stage.counters();
      await Promise.all(range(1_000).map((number) => from.publish(at('u:ann'), chat(number))));
      await from.publish(at('u:bob'), chat(1_000));
      await from.publish(at('u:nobody'), chat(1_001));
      await Promise.all([to.unsubscribe(at('u:ann')), to.subscribe(at('u:eve'))]);
      await stage.settle();
      const after = await stage.counters();
      expect([(after.in ?? 0) - (before.in ?? 0), (after.out ?? 0) - (before.out ?? 0)]).toEqual([1_002, 1_002]);
      expect(ear.heard.length).toBe(1_001);
      expect(after.relayed).toBe(0);
      for (const figure of ['bytesIn', 'bytesOut', 'cpuUs'] as const)
        expect(after[figure]).toBeGreaterThanOrEqual(before[figure] ?? Number.NaN);
      expect(after.cpuUs).toBeGreaterThan(0);
      expect(after.memoryBytes).toBeGreaterThan(100_000);
      expect(after.version).toMatch(/^[a-z]+ \d+\.\d+/);
    });

    it('that come while it is left are heard as long as the broker counts them', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(at('u:ann'));
      const before = await stage.counters();
      const sends = range(2_000).map((number) => from.publish(at('u:ann'), chat(number)));
      await to.unsubscribe(at('u:ann'));
      await Promise.all(sends);
      await stage.settle();
      expect(ear.heard.length).toBe(((await stage.counters()).out ?? Number.NaN) - (before.out ?? 0));
    });

    it('beyond the bound are rejected, by messages and by bytes, and the bound is free again afterwards', async () => {
      const [few] = await stage.node('n1', { queuedMessages: 10 });
      const [small] = await stage.node('n2', { queuedBytes: 10 * encodeFrame(chat(1_000), suiteSettings.frameKey).length });
      for (const node of [few, small]) {
        expect(await outcomesOf(node, 'u:nobody', 25)).toEqual({ taken: 10, rejected: 15, unknown: 0 });
        expect(await outcomesOf(node, 'u:nobody', 10)).toEqual({ taken: 10, rejected: 0, unknown: 0 });
      }
    });

    it('of strangers are junk and reach nobody', async () => {
      const [from, to, ear] = await stage.pair();
      const [stranger] = await stage.node('n3', { frameKey: 0xbad });
      await to.subscribe(at('u:ann'));
      await stranger.publish(at('u:ann'), chat(1));
      for (const bytes of ['', 'hello', '\xff'.repeat(70_000)]) {
        await way.intrude(stage.url, suiteSettings.prefix, way.channel('u:ann'), Buffer.from(bytes, 'latin1'));
      }
      await from.publish(at('u:ann'), chat(2));
      await stage.settle();
      expect(ear.junkFrom).toEqual(range(4).map(() => broker));
      expect(ear.ids).toEqual(['n1-2']);
    });

    it('for a broker it was not opened with are rejected', async () => {
      const [node] = await stage.node('n1');
      await expect(node.publish({ broker: 'q9', channel: way.channel('u:ann') }, chat(1))).rejects.toMatchObject({ outcome: 'rejected' });
      await expect(node.subscribe({ broker: 'q9', channel: way.channel('u:ann') })).rejects.toThrow('[q9]');
    });
  });

  describe('a broker that', () => {
    it('hangs is given up: what it was asked becomes an error, what it was sent unknown, and it comes back empty', async () => {
      const [node, ear] = await stage.node(
        'n1',
        {},
        { ...connectionTimes, answerTimeoutMs: 300, silenceTimeoutMs: 300, closeTimeoutMs: 50 },
      );
      await node.subscribe(at('u:ann'));
      await stage.stop();
      const published = expect(node.publish(at('u:ann'), chat(1))).rejects.toMatchObject({
        outcome: 'unknown',
        message: expect.stringContaining(`[${broker}]`),
      });
      const subscribed = expect(node.subscribe(at('u:bob'))).rejects.toThrow(`[${broker}]`);
      await Promise.all([published, subscribed]);
      await ear.until(`lost ${broker}`);
      process.kill(stage.pid, 'SIGCONT');
      await ear.until(`reconnected ${broker}`);
      await node.subscribe(at('u:bob'));
      expect(await node.publish(at('u:bob'), chat(2))).toBeNull();
      await node.settle();
      expect(ear.ids.filter((id) => id !== 'n1-1')).toEqual(['n1-2']);
    });

    it('is killed loses nothing silently, sends nothing twice, and is told of', async () => {
      const [from, to, ear] = await stage.pair();
      await to.subscribe(at('u:ann'));
      await from.publish(at('u:ann'), chat(1));
      await stage.settle();
      await stage.stop();
      const inFlight = outcomesOf(from, 'u:ann', 50);
      await stage.kill();
      expect(await inFlight).toEqual({ taken: 0, rejected: 0, unknown: 50 });
      await Promise.all([ear.until(`lost ${broker}`), stage.ear(from).until(`lost ${broker}`)]);
      await expect(from.publish(at('u:ann'), chat(2))).rejects.toMatchObject({
        outcome: 'rejected',
        message: expect.stringContaining(broker),
      });
      await expect(to.subscribe(at('u:eve'))).rejects.toThrow(`[${broker}]`);
      await to.unsubscribe(at('u:ann'));
      await stage.settle();
      await expect(stage.node('n9')).rejects.toThrow(`[${broker}] cannot be used`);

      await stage.start();
      await Promise.all([ear.until(`reconnected ${broker}`), stage.ear(from).until(`reconnected ${broker}`)]);
      expect(await from.publish(at('u:ann'), chat(4))).toBe(0);
      await to.subscribe(at('u:ann'));
      expect(await from.publish(at('u:ann'), chat(5))).toBeNull();
      await stage.settle();
      expect(ear.ids).toEqual(['n1-1', 'n1-5']);
      for (const { changes } of [ear, stage.ear(from)]) expect(changes.join(', ')).toMatch(/^(lost q1, )+reconnected q1$/);
    });
  });

  describe('close', () => {
    it('gives what is open an outcome, and takes nothing more', async () => {
      const [from] = await stage.node('n1');
      const open = outcomesOf(from, 'u:nobody', 5);
      await stage.closeNodes();
      expect((await open).rejected).toBe(0);
      expect(await outcomesOf(from, 'u:nobody', 5)).toEqual({ taken: 0, rejected: 5, unknown: 0 });
    });

    // The process that leaves names its channels as topics.
    if (way.channel('u:ann') === 'u:ann') {
      it('leaves no socket and no timer, whether the broker is there or gone', async () => {
        expect(await stage.leave()).toBe('left: ');
        expect(await stage.leave('killing it')).toBe('left: ');
        await stage.start();
      });
    }
  });
}

/** A matcher would look at a million bytes one by one. */
function sameMessage(one: Message<Buffer>, other: Message<Buffer> | undefined): boolean {
  if (other === undefined) return false;
  const { body, ...words } = one;
  const { body: otherBody, ...otherWords } = other;
  return body.equals(otherBody) && JSON.stringify(words) === JSON.stringify(otherWords);
}

function manyTopics(): Message<Buffer>['topics'] {
  return range(frameLimits.topics).map((number) => `u:${String(number).padStart(64, '0')}` as const);
}
