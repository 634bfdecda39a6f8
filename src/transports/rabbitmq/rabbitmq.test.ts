import { setImmediate } from 'node:timers/promises';
import { connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ear } from '../testing/ear.js';
import { TestLaunch } from '../testing/launch.js';
import { processes } from '../testing/processes.js';
import { type QueueWay, suiteSettings } from '../testing/queueStage.js';
import { queueSuite } from '../testing/queueSuite.js';
import { describeWith, findServer } from '../testing/servers.js';
import { chat } from '../testing/stage.js';
import { connectionTimes } from '../times.js';
import type { Started, TransportKind } from '../types.js';
import { parseMetrics } from './counters.js';
import { openRabbit, rabbitmq, rabbitmqHash } from './index.js';
import { hashedExchanges, type Layout, oneExchange } from './layout.js';
import { parseRabbitUrl } from './place.js';
import { findRabbit, missingPlugins } from './programs.js';
import { newIdentity, type RabbitIdentity, startRabbit, startRabbitAs } from './start.js';

const plugins = ['rabbitmq_prometheus', 'rabbitmq_consistent_hash_exchange'];

describe('the programs', () => {
  it('are not found where they are not', () => expect(findRabbit('/dev')).toBeUndefined());

  it('without a plugin are of no use, and say which it is', () => {
    expect(missingPlugins(plugins, '/dev')).toMatch(
      /without rabbitmq_prometheus and rabbitmq_consistent_hash_exchange \(looked in \/dev\)/,
    );
    expect(missingPlugins(plugins, '/nowhere')).toContain('/nowhere');
  });
});

describe('parseMetrics', () => {
  it('adds up over labels and passes by what it does not know', () => {
    const text = '# TYPE a counter\na{x="1"} 2\na{x="2"} 3\nb 1.5e3\nbuild_info{rabbitmq_version="3.10.8"} 1\nbroken\n';
    const { sums, version } = parseMetrics(text);
    expect([sums.get('a'), sums.get('b'), version]).toEqual([5, 1_500, '3.10.8']);
  });
});

describe('a layout', () => {
  it.each([
    ['one exchange', oneExchange, 'u:ann'],
    ['hashed exchanges', hashedExchanges, 'x1/u:ann'],
  ])('of %s reads its own channels', (_, layout, channel) => expect(layout.channel(layout.spot(channel))).toBe(channel));

  it('of hashed exchanges refuses a channel without one', () => expect(() => hashedExchanges.spot('u:ann')).toThrow('names no exchange'));
});

describeWith(findServer('rabbitmq-server'), 'rabbitmq on rabbitmq-server', () => {
  queueSuite(wayOf(rabbitmq, oneExchange, (name) => name));
});
describeWith(findServer('rabbitmq-server'), 'rabbitmq-hash on rabbitmq-server', () => {
  queueSuite(wayOf(rabbitmqHash, hashedExchanges, (name) => `x1/${name}`));
});

describeWith(findServer('rabbitmq-server'), 'a rabbitmq-server', () => {
  let launch: TestLaunch;
  let server: Started;
  beforeAll(async () => {
    launch = await TestLaunch.open();
    server = await startRabbit('q1', launch, plugins);
  });
  afterAll(() => launch.close());
  const open = async (layout: Layout, prefix: string) => {
    const ear = new Ear('n1');
    return { ear, node: await openRabbit(layout, ear, [{ id: 'q1', url: server.url }], { ...suiteSettings, prefix }) };
  };

  it('picks one of several exchanges for each topic, so that a node bound on all of them gets one copy', async () => {
    const { ear, node } = await open(hashedExchanges, 'bench:hash:');
    const topics = Array.from({ length: 60 }, (_, number) => `u:${number}`);
    const places = topics.flatMap((topic) => ['x1', 'x2', 'x3'].map((exchange) => `${exchange}/${topic}`));
    await Promise.all(places.map((channel) => node.subscribe({ broker: 'q1', channel })));
    await Promise.all(topics.map((topic, number) => node.publish({ broker: 'q1', channel: `x2/${topic}` }, chat(number))));
    await node.settle();
    expect(ear.heard.map(({ address }) => address.channel)).toEqual(topics.map((topic) => `x2/${topic}`));
    await Promise.all(topics.map((topic) => node.unsubscribe({ broker: 'q1', channel: `x1/${topic}` })));
    const receipts = await Promise.all(topics.map((topic, number) => node.publish({ broker: 'q1', channel: `x2/${topic}` }, chat(number))));
    const returned = receipts.filter((receipt) => receipt === 0).length;
    expect(returned).toBeGreaterThan(0);
    expect(returned).toBeLessThan(topics.length);
    await node.close();
  });

  it('that refuses a message for one of its queues makes it unknown, since others may have it', async () => {
    const { ear, node } = await open(oneExchange, 'bench:nack:');
    await node.subscribe({ broker: 'q1', channel: 'u:ann' });
    const publish = () => node.publish({ broker: 'q1', channel: 'u:ann' }, chat(1));
    await asStranger(server.url, async (channel) => {
      const full = { arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' }, exclusive: true, durable: false };
      const { queue } = await channel.assertQueue('', full);
      await channel.bindQueue(queue, 'bench:nack:messages', 'u:ann');
      expect(await publish()).toBeNull();
      await expect(publish()).rejects.toMatchObject({ outcome: 'unknown', message: expect.stringContaining('[q1]') });
    });
    expect(await publish()).toBeNull();
    await node.settle();
    expect(ear.changes).toEqual([]);
    await node.close();
  });

  it('that closes a channel is lost and found again, with all exchanges declared anew', async () => {
    const { ear, node } = await open(oneExchange, 'bench:gone:');
    await asStranger(server.url, (channel) => channel.deleteExchange('bench:gone:messages'));
    await expect(node.publish({ broker: 'q1', channel: 'u:ann' }, chat(1))).rejects.toMatchObject({ outcome: 'unknown' });
    await ear.until('reconnected q1');
    await node.subscribe({ broker: 'q1', channel: 'u:ann' });
    expect(await node.publish({ broker: 'q1', channel: 'u:ann' }, chat(2))).toBeNull();
    await node.close();
  });

  it('has its password in no process list', () => {
    const { password } = parseRabbitUrl(server.url);
    expect(password.length).toBeGreaterThan(20);
    expect(processes().filter(({ line }) => line.includes(password))).toEqual([]);
  });

  it('is gone with the processes that were launched for it, its daemon as well', async () => {
    const before = processes().filter(({ pid, parents }) => pid === server.pid || parents.includes(process.pid));
    expect(before.map(({ line }) => /beam|epmd|inet_gethost/.exec(line)?.[0])).toEqual(
      expect.arrayContaining(['beam', 'epmd', 'inet_gethost']),
    );
    await launch.close();
    await until(() => processes().every(({ pid }) => !before.some((one) => one.pid === pid)));
    launch = await TestLaunch.open();
  });
});

function wayOf(kind: TransportKind, layout: Layout, channel: (name: string) => string): QueueWay {
  let identity: RabbitIdentity | undefined;
  return {
    kind,
    start: async (launch) => {
      if (identity === undefined) identity = await newIdentity(launch);
      else identity = { ...identity, ports: { ...identity.ports, epmd: await launch.freePort() } };
      return startRabbitAs(identity, 'q1', launch, plugins);
    },
    open: (node, places, settings, times = connectionTimes) => openRabbit(layout, node, places, settings, times),
    channel,
    intrude: async (url, prefix, name, bytes) => {
      const { exchange, key } = layout.spot(name);
      await asStranger(url, async (stranger) => {
        stranger.publish(`${prefix}messages`, key, bytes, exchange === null ? {} : { type: exchange });
        await stranger.waitForConfirms();
      });
    },
  };
}

async function asStranger<T>(url: string, act: (channel: Awaited<ReturnType<typeof confirmChannel>>) => Promise<T>): Promise<T> {
  const { port, username, password } = parseRabbitUrl(url);
  const connection = await connect({ protocol: 'amqp', hostname: '127.0.0.1', port, username, password });
  try {
    return await act(await confirmChannel(connection));
  } finally {
    await connection.close();
  }
}

function confirmChannel(connection: Awaited<ReturnType<typeof connect>>) {
  return connection.createConfirmChannel();
}

/** Checks again in every turn of the event loop; the test's own time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}
