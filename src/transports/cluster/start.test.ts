import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freePort } from '../freePort.js';
import { TestLaunch } from '../testing/launch.js';
import { describeWith, findServer } from '../testing/servers.js';
import type { Launch } from '../types.js';
import { classicCounters } from './counters.js';
import { missing, startCluster } from './start.js';

const brokers = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index + 1}`, kind: 'redis-cluster' }));

let launch: TestLaunch;
beforeEach(async () => {
  launch = await TestLaunch.open();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await launch.close();
});

it('says what to install where no Redis is', async () => {
  vi.stubEnv('PATH', '/dev');
  expect(missing()).toMatch(/needs redis-server 7 or newer.*apt-get install redis-server/);
  await expect(startCluster(brokers(3), launch)).rejects.toMatchObject({ fault: 'unavailable', message: missing() });
});

describeWith(findServer('redis-server'), 'a Redis Cluster', () => {
  /** Resolving is the proof: each instance has heard a message from each. */
  it.each([1, 2, 7])('of %d is joined, and its bus is silent then', async (count) => {
    const started = await startCluster(brokers(count), launch);
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(count);
    for (const [index, { url, embedded }] of started.entries()) {
      expect(embedded).toBe(false);
      const { in: taken, relayed, raw } = await classicCounters({ id: `r${index + 1}`, url });
      expect({ taken, relayed, received: raw.cluster_publish_received }).toEqual({ taken: 1, relayed: count - 1, received: count - 1 });
    }
  });

  it.each([0, 1])('is started on other ports when port %d of an instance is taken', async (which) => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve(Object(taken.address()).port));
    });
    const ports = [await freePort(), await freePort()];
    ports[which] = port;
    const unlucky: Launch = {
      folder: launch.folder,
      program: (...start) => launch.program(...start),
      ours: (...start) => launch.ours(...start),
      freePort: async () => ports.shift() ?? freePort(),
    };
    expect(await startCluster(brokers(1), unlucky)).toHaveLength(1);
    expect(ports).toEqual([]);
    taken.close();
  });

  it('too old for it is told so', async () => {
    const old: Launch = {
      folder: launch.folder,
      program: (id, file, args) => launch.program(id, file, [...args, '--no-such-directive', 'yes']),
      ours: (...start) => launch.ours(...start),
      freePort,
    };
    await expect(startCluster(brokers(1), old)).rejects.toThrow(/\[r1\] .*redis-server is too old/);
  });
});
