import { connect } from '@nats-io/transport-node';
import { describe, expect, it } from 'vitest';
import type { TestLaunch } from '../testing/launch.js';
import { queueSuite } from '../testing/queueSuite.js';
import { describeWith, findServer } from '../testing/servers.js';
import { nats, openNats } from './index.js';
import { parseNatsUrl } from './place.js';
import { missingNats, startNats } from './start.js';
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
  let ports: { port: number; monitoring: number } | undefined;
  queueSuite({
    kind: nats,
    start: async (launch: TestLaunch) => {
      ports ??= { port: await launch.freePort(), monitoring: await launch.freePort() };
      return startNats('q1', launch, ports);
    },
    open: openNats,
    channel: (name) => name,
    intrude: async (url, prefix, channel, bytes) => {
      const stranger = await connect({ servers: `127.0.0.1:${parseNatsUrl(url).port}` });
      stranger.publish(subjectOf(prefix, channel), bytes);
      await stranger.flush();
      await stranger.close();
    },
  });
});
