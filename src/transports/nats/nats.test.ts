import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestLaunch } from '../testing/launch.js';
import { queueSuite } from '../testing/queueSuite.js';
import { describeWith, findServer } from '../testing/servers.js';
import { nats, openNats } from './index.js';
import { parseNatsUrl } from './place.js';
import { missingNats, type NatsIdentity, newIdentity, startNats } from './start.js';
import { subjectOf } from './subject.js';

describe('subjectOf', () => {
  it('leaves topics as they are and makes one token of anything else', () => {
    expect(subjectOf('bench:ab:', 'u:ann_-9')).toBe('bench:ab:u:ann_-9');
    expect(subjectOf('bench:ab:', 'a.*> =')).toBe('bench:ab:a=002e=002a=003e=0020=003d');
  });
});

describe('missingNats', () => {
  it('says what to install', () => expect(missingNats('/dev')).toContain('apt-get install nats-server'));
});

describeWith(findServer('nats-server'), 'nats on nats-server', () => {
  let identity: NatsIdentity | undefined;
  queueSuite({
    kind: nats,
    start: async (launch: TestLaunch) => {
      identity ??= { ...newIdentity(), port: await launch.freePort(), monitoring: await launch.freePort() };
      return startNats('q1', launch, identity);
    },
    open: openNats,
    channel: (name) => name,
    intrude: async (url, prefix, channel, bytes) => {
      const stranger = await connect(knowing(url));
      stranger.publish(subjectOf(prefix, channel), bytes);
      await stranger.flush();
      await stranger.close();
    },
  });
});

describeWith(findServer('nats-server'), 'a nats-server of bench', () => {
  let launch: TestLaunch;
  let url: string;
  let pid: number;
  beforeAll(async () => {
    launch = await TestLaunch.open();
    ({ url, pid } = await startNats('q1', launch));
  });
  afterAll(() => launch?.close());

  it('refuses a connection without its token, or with another', async () => {
    const { servers } = knowing(url);
    await expect(connect({ servers, reconnect: false })).rejects.toThrow(/authorization violation/i);
    await expect(connect({ servers, token: newIdentity().token, reconnect: false })).rejects.toThrow(/authorization violation/i);
    await (await connect(knowing(url))).close();
  });

  it('shows its token neither in its arguments nor to other users of the machine', async () => {
    const { token } = parseNatsUrl(url);
    const files = await readdir(launch.folder, { recursive: true });
    const file = join(launch.folder, files.find((name) => name.endsWith('nats.conf')) ?? '');
    expect(await readFile(file, 'utf8')).toContain(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    if (process.platform === 'linux') expect(await readFile(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(token);
  });
});

function knowing(url: string) {
  const { port, token } = parseNatsUrl(url);
  return { servers: `127.0.0.1:${port}`, token };
}
