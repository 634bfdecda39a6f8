import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeFrame } from '../frame.js';
import { range } from '../testing/messages.js';
import { describeWith, findServer } from '../testing/servers.js';
import { address, type Control, chat, outcomes, Stage, settings } from '../testing/stage.js';
import type { Transport, TransportSettings } from '../types.js';
import { redis } from './index.js';
import { startEmbedded, startServerOn } from './start.js';

const together = { batching: new Set(['r1', 'r2']) };
const intrude = () => Promise.reject(new Error('nobody intrudes here'));

describe('messages that share commands on the embedded broker', () =>
  suite({ start: (launch, id, port) => startEmbedded(id, launch, port), intrude }));
describeWith(findServer('redis-server'), 'messages that share commands on redis-server', (program) =>
  suite({ start: (launch, id, port) => startServerOn(port, id, launch, program), intrude }),
);

function suite(control: Control): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open({ kind: redis, brokers: ['r1', 'r2'], control });
  });
  afterEach(() => stage.closeNodes());
  afterAll(() => stage.close());

  const publishAll = (from: Transport, channel: string, numbers: readonly number[]) =>
    Promise.all(numbers.map((number) => from.publish(address(channel), chat(number))));
  const calls = async () => (await redis.counters(stage.place('r1'))).in ?? Number.NaN;

  it('are one command for a channel and a turn, of which the answer holds for each', async () => {
    const [from, to, ear] = await stage.pair(together);
    await to.subscribe(address('n:n2'));
    const before = await calls();
    const [heard, unheard] = await Promise.all([publishAll(from, 'n:n2', range(50)), publishAll(from, 'n:n9', range(7))]);
    await to.settle();
    expect([heard, unheard]).toEqual([range(50).map(() => 1), range(7).map(() => 0)]);
    expect(ear.ids).toEqual(range(50).map((number) => `n1-${number}`));
    expect((await calls()) - before).toBe(2);
    expect(from.commands?.('r1')).toEqual({ put: 2, answered: 1, got: 0 });
    expect(to.commands?.('r1')).toEqual({ put: 0, answered: 0, got: 1 });
    expect(from.commands?.('r2')).toEqual({ put: 0, answered: 0, got: 0 });
  });

  it('have one each where the strategy does not say that they may share it', async () => {
    const [from] = await stage.node('n1');
    const before = await calls();
    await publishAll(from, 'n:n2', range(5));
    expect((await calls()) - before).toBe(5);
    expect(from.commands?.('r1')).toBeUndefined();
  });

  it('keep their order for a channel, over turns, commands that are full, and messages too long to share one', async () => {
    const [from, to, ear] = await stage.pair(together);
    await Promise.all([to.subscribe(address('n:n2')), to.subscribe(address('n:n3'))]);
    const before = await calls();
    const sends: Promise<unknown>[] = [];
    for (const turn of range(5)) {
      for (const number of range(2_000)) {
        const body = number % 500 === 7 ? Buffer.alloc(100_000, 'x') : Buffer.from('short');
        sends.push(from.publish(address(number % 2 === 0 ? 'n:n2' : 'n:n3'), { ...chat(turn * 2_000 + number), body }));
      }
      await new Promise(setImmediate);
    }
    await Promise.all(sends);
    await to.settle();
    for (const [index, channel] of ['n:n2', 'n:n3'].entries()) {
      const there = ear.heard.filter((heard) => heard.address.channel === channel).map(({ message }) => message.id);
      expect(there).toEqual(range(5_000).map((number) => `n1-${2 * number + index}`));
    }
    const commands = (await calls()) - before;
    expect(commands).toBeGreaterThan(20);
    expect(commands).toBeLessThan(500);
    expect(from.commands?.('r1')?.put).toBe(commands);
    expect(to.commands?.('r1')?.got).toBe(commands);
  });

  it('have all been handed out when settle() resolves, although it was called in their turn', async () => {
    const [from, to, ear] = await stage.pair(together);
    await to.subscribe(address('n:n2'));
    const sends = publishAll(from, 'n:n2', range(20));
    await from.settle();
    await to.settle();
    expect(ear.ids.length).toBe(20);
    await sends;
  });

  it('are bounded one by one, by number and by bytes', async () => {
    const bounded = async (changed: Partial<TransportSettings>) => (await stage.node('n1', { ...together, ...changed }))[0];
    const few = await bounded({ queuedMessages: 10 });
    const small = await bounded({ queuedBytes: 10 * encodeFrame(chat(1_000), settings.frameKey).length });
    for (const node of [few, small]) {
      expect(await outcomes(node, range(25))).toEqual({ taken: 10, rejected: 15, unknown: 0 });
      expect(await outcomes(node, range(10))).toEqual({ taken: 10, rejected: 0, unknown: 0 });
    }
  });

  it('have all the outcome of their command: unknown when the broker dies before it answers, and none is sent again', async () => {
    const [from, to, ear] = await stage.pair(together);
    stage.stop('r1');
    const inFlight = outcomes(from, range(50), 'n:n2');
    await stage.kill('r1');
    expect(await inFlight).toEqual({ taken: 0, rejected: 0, unknown: 50 });
    await ear.until('lost r1');
    await stage.start('r1');
    await Promise.all([ear.until('reconnected r1'), stage.ear(from).until('reconnected r1')]);
    await to.subscribe(address('n:n2'));
    expect(await publishAll(from, 'n:n2', [60, 61])).toEqual([1, 1]);
    await to.settle();
    expect(ear.ids).toEqual(['n1-60', 'n1-61']);
    expect(from.commands?.('r1')).toEqual({ put: 2, answered: 1, got: 0 });
  });

  it('of another run are junk', async () => {
    const [, to, ear] = await stage.pair(together);
    const [stranger] = await stage.node('n3', { ...together, frameKey: 0xbad });
    await to.subscribe(address('n:n2'));
    await publishAll(stranger, 'n:n2', range(5));
    await to.settle();
    expect(ear.junkFrom).toEqual(['r1']);
    expect(to.commands?.('r1')?.got).toBe(0);
  });
}
