import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { processes } from '../transports/testing/processes.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { start, temporaryFolder } from './testing/bench.js';

/** However bench ends: nothing of it may run any longer than this. */
const goneMs = 5_000;

describeWith(findServer('rabbitmq-server'), 'a run over RabbitMQ', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it.each(['SIGKILL', 'SIGINT'] as const)('ended with %s leaves neither the Erlang machine nor its daemon', async (signal) => {
    const size = ['--nodes', '2', '--users', '20', '--rate', '50', '--duration', '60s', '--warm-up', '0'];
    const running = start(['run', '--strategy', 'rabbitmq', ...size, '--out', join(folder.path, signal)]);
    await running.said('load:');
    const family = processes().filter(({ parents }) => parents.includes(running.process.pid ?? 0));
    const lines = family.map(({ line }) => line).join('\n');
    for (const program of ['beam', 'epmd', 'inet_gethost']) expect(lines).toContain(program);
    running.process.kill(signal);
    await running.ended;
    const left = () => processes().filter(({ pid }) => family.some((one) => one.pid === pid));
    const untilMs = performance.now() + goneMs;
    while (left().length > 0 && performance.now() < untilMs) await setTimeout(50);
    expect(left()).toEqual([]);
  });
});
