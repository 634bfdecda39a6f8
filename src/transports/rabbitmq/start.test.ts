import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestLaunch } from '../testing/launch.js';
import { processes } from '../testing/processes.js';
import { describeWith, findServer } from '../testing/servers.js';
import type { Launch } from '../types.js';
import { newIdentity, portTaken, type RabbitPorts, startRabbit, startRabbitAs } from './start.js';

const plugins = ['rabbitmq_prometheus'];
/** Erlang takes long to start, and longer on a busy machine. */
const timeoutMs = 120_000;

describe('a port that is taken', () => {
  it.each([
    'epmd: there is already a epmd running at port 46017 on ipaddr 127.0.0.1',
    'init terminating in do_boot ({error,{could_not_start_listener,127.0.0.1,46017,{{shutdown,{_}},{child,undefined}}}})',
    "{'EXIT',{{could_not_start_listener,[{cowboy_opts,[{sendfile,false}]},{ip,\"127.0.0.1\"},{port,46017},{protocol,'http/prometheus'}]",
    'Kernel pid terminated (application_controller) ({dist_port_already_used,46017,not_erlang,"localhost"})',
  ])('is known by the last words of who found it so: %s', (words) => expect(words).toMatch(portTaken));

  it('is nothing that another failure is taken for', () => {
    expect('init terminating in do_boot ({error,{cannot_read_enabled_plugins_file}})').not.toMatch(portTaken);
  });
});

describeWith(findServer('rabbitmq-server'), 'a rabbitmq-server that finds a port taken', () => {
  let launch: TestLaunch;
  let taker: Server;
  let port: number;
  beforeAll(async () => {
    launch = await TestLaunch.open();
    taker = createServer().listen(0, '127.0.0.1');
    await once(taker, 'listening');
    port = (taker.address() as AddressInfo).port;
  });
  afterAll(async () => {
    taker?.close();
    await launch?.close();
  });

  it.each(['epmd', 'amqp'] as const)(
    'for %s ends with the reason, and leaves no process behind',
    async (which) => {
      const { ports, password } = await newIdentity(launch);
      const wrong = { ...ports, [which]: port };
      await expect(startRabbitAs({ ports: wrong, password }, 'q1', launch, plugins)).rejects.toThrow(portTaken);
      await vi.waitFor(() => expect(runningOn(wrong)).toEqual([]), { timeout: 5_000 });
    },
    timeoutMs,
  );

  it(
    'is started with others',
    async () => {
      const offered = [port];
      const unlucky: Launch = {
        folder: launch.folder,
        program: launch.program.bind(launch),
        ours: launch.ours.bind(launch),
        freePort: async () => offered.pop() ?? launch.freePort(),
      };
      const { pid } = await startRabbit('q1', unlucky, plugins);
      const servers = processes().filter(({ line }) => /beam/.test(line) && line.includes(launch.folder));
      expect(servers.map((server) => server.pid)).toEqual([pid]);
    },
    timeoutMs,
  );
});

/** The daemon names its port in its arguments, the server itself. */
function runningOn({ epmd, amqp }: RabbitPorts): string[] {
  const marks = [`-port ${epmd} `, `bench-${amqp}@localhost`];
  return processes().flatMap(({ line }) => (marks.some((mark) => line.includes(mark)) ? [line] : []));
}
