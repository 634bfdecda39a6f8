import { afterEach, describe, expect, it } from 'vitest';
import { Ear } from '../testing/ear.js';
import { TestHub } from '../testing/hubs.js';
import { letIn } from '../testing/intruder.js';
import { Keeper } from '../testing/keeper.js';
import { TestLaunch } from '../testing/launch.js';
import { range } from '../testing/messages.js';
import { noise } from '../testing/noise.js';
import { RawConnection } from '../testing/rawConnection.js';
import { Relay } from '../testing/relay.js';
import { address, chat, settings } from '../testing/stage.js';
import type { BrokerPlace, Started, Transport } from '../types.js';
import { counters } from './counters.js';
import { encodeFrameOf, frameTypes } from './frames.js';
import type { ServerLimits } from './settings.js';
import { startHub } from './start.js';
import { openHub } from './transport.js';
import { Unanswered } from './wire.js';
import { helloWords, protocolVersion } from './words.js';

const at = (channel: string) => address(channel, 'hub');
const ann = { topic: 'u:ann', address: { broker: 'n1', channel: 'n:n1' } } as const;
const bob = { topic: 'u:bob', address: { broker: 'n1', channel: 'n:n1' } } as const;

let hub: TestHub;
const start = async (limits: Partial<ServerLimits> = {}) => {
  hub = await TestHub.start(limits);
};
afterEach(() => hub.close());

describe('the figures of a hub', () => {
  it('are what was sent and handed out, to the message', async () => {
    await start();
    const [one, two] = [await hub.node(new Ear('n1')), await hub.node(new Keeper('n2'))];
    await Promise.all([one.subscribe(at('r:7')), two.subscribe(at('r:7')), two.subscribe(at('u:ann'))]);
    for (const number of range(300)) await one.publish(at('r:7'), chat(number));
    for (const number of range(40)) await two.publish(at('u:ann'), chat(number));
    for (const number of range(5)) await two.publish(at('u:nobody'), chat(number));
    await two.directory?.ask('hub', ['u:ann', 'u:bob'], true);
    await one.directory?.tell('hub', { ...ann, on: true });
    await one.directory?.tell('hub', { ...ann, on: true });
    await one.directory?.copy('hub');
    await one.unsubscribe(at('r:7'));
    const said = await counters(hub.place());
    expect(said).toMatchObject({ in: 345 + 2 + 1, out: 640 + 1 + 1, relayed: 0, channels: 2, version: 'bench-hub 1' });
    expect(said.raw).toMatchObject({
      ...{ published: 345, handed: 640, tells: 2, questions: 1, answers: 1, notices: 1, copies: 1 },
      ...{ subscribes: 3, unsubscribes: 1, connections: 2, topics: 1, junk: 0, cutReaders: 0 },
    });
  });
});

describe('strangers', () => {
  it('are let in with the secret only, and told why not', async () => {
    await start();
    const { url } = hub.place();
    const wrong: BrokerPlace = { id: 'hub', url: url.replace('a-secret', 'no-secret') };
    await expect(openHub(new Ear('n1'), [wrong], settings)).rejects.toThrow(/^\[hub\] let nobody in.*secret/);
    await expect(openHub(new Ear('n1'), [{ id: 'hub', url: 'hub://127.0.0.1' }], settings)).rejects.toThrow(/^\[hub\] has no usable URL/);
    expect((await counters(hub.place())).raw).toMatchObject({ junk: 1, connections: 0 });
  });

  it('who say nothing are cut', async () => {
    await start({ helloTimeoutMs: 50 });
    const silent = await RawConnection.open(hub.port);
    expect(await silent.untilClosed()).toBe('');
  });

  it('may read the counters as visitors, and nothing else', async () => {
    await start();
    const connection = await RawConnection.open(hub.port);
    const hello = helloWords({ version: protocolVersion, secret: 'a-secret-of-the-tests', node: null });
    connection.send(encodeFrameOf(frameTypes.hello, 1, hello).toString('latin1'));
    const welcome = encodeFrameOf(frameTypes.answer, 1).toString('latin1');
    await connection.until(welcome);
    connection.send(encodeFrameOf(frameTypes.copy, 2).toString('latin1'));
    expect(await connection.untilClosed()).toBe(welcome);
  });

  it('with 10,000 streams of noise end their own connections and reach nobody', async () => {
    await start();
    const ear = new Ear('n1');
    const node = await hub.node(ear);
    await node.subscribe(at('u:ann'));
    for (const bytes of noise(9_000)) {
      const connection = await RawConnection.open(hub.port);
      connection.send(bytes);
      connection.finish();
      await connection.untilClosed();
    }
    for (const bytes of noise(1_000)) {
      const wire = await letIn(hub.place());
      const gone = wire.ask(99, Buffer.from(bytes, 'latin1'));
      await expect(gone).rejects.toThrow(Unanswered);
    }
    expect(await node.publish(at('u:ann'), chat(1))).toBe(1);
    await node.settle();
    expect([ear.ids, ear.junkFrom, ear.changes]).toEqual([['n1-1'], [], []]);
    const { raw } = await counters(hub.place());
    expect(raw).toMatchObject({ connections: 1, published: 1 });
    expect(raw.junk).toBeGreaterThan(2_000);
  });
});

describe('a node that does not read', () => {
  it('is cut and counted, and the others get everything', async () => {
    await start({ unsentBytes: 300_000 });
    const ear = new Ear('n2');
    const [from, to] = [await hub.node(new Ear('n1')), await hub.node(ear)];
    await to.subscribe(at('r:7'));
    const deaf = await deafNode(hub, 'r:7');
    const large = { ...chat(1), body: Buffer.alloc(100_000, 'x') };
    let receivers = 2;
    let sent = 0;
    for (; receivers === 2 && sent < 1_000; sent++) receivers = await from.publish(at('r:7'), large).then((taken) => taken ?? 0);
    await to.settle();
    expect([receivers, ear.ids.length]).toEqual([1, sent]);
    expect((await counters(hub.place())).raw).toMatchObject({ cutReaders: 1, connections: 2 });
    deaf.close();
  });
});

describe('one connection for everything', () => {
  it('is settled when what the hub had handed out has arrived', async () => {
    await start();
    const relay = await Relay.open(hub.port, () => true);
    const ear = new Ear('n2');
    const [from, to] = [await hub.node(new Ear('n1')), await hub.node(ear, relay.port)];
    await to.subscribe(at('u:ann'));
    relay.hold();
    expect(await from.publish(at('u:ann'), chat(1))).toBe(1);
    const settled = to.settle().then(() => ear.ids);
    for (const number of range(20)) await from.publish(at('u:nobody'), chat(number));
    expect(ear.ids).toEqual([]);
    relay.release();
    expect(await settled).toEqual(['n1-1']);
    await relay.close();
  });

  it('comes back after a cut, empty, and says so once', async () => {
    await start();
    const relay = await Relay.open(hub.port, () => true);
    const ear = new Ear('n2');
    const [from, to] = [await hub.node(new Ear('n1')), await hub.node(ear, relay.port)];
    await to.subscribe(at('u:ann'));
    await relay.cut('listening');
    await ear.until('reconnected hub');
    expect(await from.publish(at('u:ann'), chat(1))).toBe(0);
    await to.subscribe(at('u:ann'));
    expect(await from.publish(at('u:ann'), chat(2))).toBe(1);
    await to.settle();
    expect([ear.ids, ear.changes]).toEqual([['n1-2'], ['lost hub', 'reconnected hub']]);
    await relay.close();
  });
});

describe('a stopped hub', () => {
  let launch: TestLaunch;
  let started: Started;
  let nodes: Transport[] = [];
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    nodes = [];
    await launch.close();
  });

  it('is given up after its silence, and the outcome of what was sent is unknown', async () => {
    await start();
    launch = await TestLaunch.open();
    started = await startHub('hub', launch);
    const ear = new Ear('n1');
    const times = { connectTimeoutMs: 5_000, silenceTimeoutMs: 400, retryFirstMs: 50, retryLongestMs: 50 };
    const node = await openHub(ear, [{ id: 'hub', url: started.url }], settings, times);
    nodes = [node];
    process.kill(started.pid, 'SIGSTOP');
    await expect(node.publish(at('u:ann'), chat(1))).rejects.toMatchObject({
      outcome: 'unknown',
      message: expect.stringContaining('no word for 0.4 s'),
    });
    await ear.until('lost hub');
    await expect(node.publish(at('u:ann'), chat(2))).rejects.toMatchObject({ outcome: 'rejected' });
    process.kill(started.pid, 'SIGCONT');
    await ear.until('reconnected hub');
    expect(await node.publish(at('u:ann'), chat(3))).toBe(0);
  });
});

describe('the directory of a hub', () => {
  it('answers with all that nodes told, and copies it with their names', async () => {
    await start();
    const [one, two] = [await hub.node(new Ear('n1')), await hub.node(new Ear('n2'))];
    const carl = { topic: 'u:carl', address: { broker: 'n2', channel: 'n:n2' } } as const;
    const annToo = { topic: 'u:ann', address: carl.address } as const;
    for (const entry of [ann, bob]) await one.directory?.tell('hub', { ...entry, on: true });
    for (const entry of [annToo, carl, bob]) await two.directory?.tell('hub', { ...entry, on: true });
    expect(await one.directory?.ask('hub', ['u:ann', 'u:bob', 'u:eve', 'u:carl'], false)).toEqual([ann, annToo, bob, carl]);
    expect(await one.directory?.copy('hub')).toEqual([
      { ...ann, nodes: ['n1'] },
      { ...annToo, nodes: ['n2'] },
      { ...bob, nodes: ['n1', 'n2'] },
      { ...carl, nodes: ['n2'] },
    ]);
    await one.directory?.tell('hub', { ...ann, on: false });
    await one.directory?.tell('hub', { ...bob, on: false });
    expect(await two.directory?.ask('hub', ['u:ann', 'u:bob'], false)).toEqual([annToo, bob]);
  });

  it('keeps the order in which a node tells and asks', async () => {
    await start();
    const node = await hub.node(new Ear('n1'));
    const answers = range(200).flatMap((number) => [
      node.directory?.tell('hub', { ...ann, on: number % 2 === 0 }).then(() => []),
      node.directory?.ask('hub', ['u:ann'], false),
    ]);
    const asked = (await Promise.all(answers)).filter((_, index) => index % 2 === 1);
    expect(asked.map((entries) => entries?.length)).toEqual(range(200).map((number) => 1 - (number % 2)));
  });

  it('confirms a change when everybody who watches has confirmed it', async () => {
    await start();
    const watcher = new Keeper('n2');
    const [one, two] = [await hub.node(new Ear('n1')), await hub.node(watcher)];
    await two.directory?.ask('hub', ['u:ann'], true);
    let confirm = () => {};
    watcher.confirms = new Promise((resolve) => {
      confirm = resolve;
    });
    let confirmed = false;
    const told = one.directory?.tell('hub', { ...ann, on: true }).then(() => {
      confirmed = true;
    });
    await watcher.until('told u:ann on');
    await one.directory?.tell('hub', { ...bob, on: true });
    expect(confirmed).toBe(false);
    confirm();
    await told;
    await one.directory?.tell('hub', { ...ann, on: false });
    expect(watcher.requests).toEqual(['hub told u:ann on', 'hub told u:ann off']);
  });

  it('gives an answer before the change that follows it', async () => {
    await start();
    const watcher = new Keeper('n2');
    const two = await hub.node(watcher);
    const asked = two.directory?.ask('hub', ['u:ann'], true).then((entries) => watcher.requests.push(`answered ${entries.length}`));
    await Promise.all([asked, two.directory?.tell('hub', { ...ann, on: true })]);
    expect(watcher.requests).toEqual(['answered 0', 'hub told u:ann on']);
  });

  it('cuts a watcher that does not confirm, so that it knows that its answers are old', async () => {
    await start({ noticeTimeoutMs: 100 });
    const watcher = new Keeper('n2');
    const [one, two] = [await hub.node(new Ear('n1')), await hub.node(watcher)];
    await two.directory?.ask('hub', ['u:ann'], true);
    watcher.confirms = new Promise(() => {});
    await one.directory?.tell('hub', { ...ann, on: true });
    await watcher.until('lost hub');
    expect((await counters(hub.place())).raw).toMatchObject({ cutReaders: 1, notices: 1 });
  });

  it('forgets a node that has been gone for the lease, not before', async () => {
    await start({ leaseMs: 300 });
    const watcher = new Keeper('n2');
    const [one, two] = [await hub.node(new Ear('n1')), await hub.node(watcher)];
    await one.directory?.tell('hub', { ...ann, on: true });
    await two.directory?.ask('hub', ['u:ann'], true);
    await one.close();
    const closedAt = performance.now();
    expect(await two.directory?.ask('hub', ['u:ann'], false)).toEqual([ann]);
    await watcher.until('told u:ann off');
    expect(performance.now() - closedAt).toBeGreaterThan(250);
    expect(await two.directory?.ask('hub', ['u:ann'], false)).toEqual([]);
  });

  it('keeps what a node tells again after it came back, and forgets what it does not', async () => {
    await start({ leaseMs: 1_000 });
    const relay = await Relay.open(hub.port, () => true);
    const [ear, watcher] = [new Ear('n1'), new Keeper('n2')];
    const [one, two] = [await hub.node(ear, relay.port), await hub.node(watcher)];
    for (const entry of [ann, bob]) await one.directory?.tell('hub', { ...entry, on: true });
    await two.directory?.ask('hub', ['u:ann', 'u:bob'], true);
    await relay.cut('listening');
    await ear.until('reconnected hub');
    expect(await two.directory?.ask('hub', ['u:ann', 'u:bob'], false)).toEqual([ann, bob]);
    await one.directory?.tell('hub', { ...ann, on: true });
    await watcher.until('told u:bob off');
    expect(await two.directory?.ask('hub', ['u:ann', 'u:bob'], false)).toEqual([ann]);
    await one.directory?.tell('hub', { ...ann, on: false });
    expect(watcher.requests).toEqual(['hub told u:bob off', 'hub told u:ann off']);
    await relay.close();
  });

  it('bounds the questions that wait for it', async () => {
    await start();
    const node = await hub.node(new Ear('n1'), hub.port, { queuedMessages: 10 });
    const asked = await Promise.allSettled(range(25).map(() => node.directory?.ask('hub', ['u:ann'], false)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(asked.at(-1)).toMatchObject({ reason: { message: expect.stringMatching(/^\[hub\] is too slow: 10 messages/) } });
  });
});

/** A node that subscribes and then reads no more. */
async function deafNode(at: TestHub, channel: string): Promise<RawConnection> {
  const deaf = await RawConnection.open(at.port);
  const hello = helloWords({ version: protocolVersion, secret: 'a-secret-of-the-tests', node: 'deaf' });
  deaf.send(encodeFrameOf(frameTypes.hello, 1, hello).toString('latin1'));
  deaf.send(encodeFrameOf(frameTypes.subscribe, 2, Buffer.from(channel)).toString('latin1'));
  await deaf.until(encodeFrameOf(frameTypes.answer, 2).toString('latin1'));
  deaf.pause();
  return deaf;
}
