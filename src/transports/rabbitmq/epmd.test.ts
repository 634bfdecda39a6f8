import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { resultIn, start, temporaryFolder } from '../../commands/testing/bench.js';
import { processes } from '../testing/processes.js';
import { describeWith, findServer } from '../testing/servers.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describeWith(findServer('rabbitmq-server'), 'a run on RabbitMQ whose epmd is killed', () => {
  it('warns, goes on and passes', async () => {
    const out = join(folder.path, 'run');
    const size = ['--nodes', '2', '--users', '10', '--rate', '10', '--duration', '3s', '--warm-up', '0'];
    const running = start(['run', '--strategy', 'rabbitmq', ...size, '--out', out]);
    await running.said('load:');
    const [daemon, ...others] = processes().filter(
      ({ parents, line }) => parents[0] === running.process.pid && line.includes('epmd -address'),
    );
    if (daemon === undefined || others.length > 0) throw new Error('the run has one daemon');
    process.kill(daemon.pid, 'SIGKILL');
    const { code, stderr } = await running.ended;
    expect(stderr).toContain('[rabbitmq-epmd] ended with SIGKILL; RabbitMQ works on without this daemon');
    expect({ code, died: resultIn(out).died }).toEqual({ code: 0, died: [] });
  }, 120_000);
});
