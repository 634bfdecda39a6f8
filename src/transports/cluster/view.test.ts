import { describe, expect, it } from 'vitest';
import { parseNodes, relayedIn, strangersAmong } from './view.js';

describe('CLUSTER NODES', () => {
  it('says who is joined: neither those in a handshake nor those without a connection', () => {
    const text = [
      'aaa 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-5460',
      'bbb 127.0.0.1:7002@17002,host master - 0 1700000000000 2 connected 5461-10922',
      'ccc 127.0.0.1:7003@17003 master - 1700000000000 0 3 disconnected 10923-16383',
      'ddd 127.0.0.1:7004@17004 handshake - 0 0 0 connected',
      'eee :0@0 master,noaddr - 0 0 0 connected',
      '',
    ].join('\n');
    expect(parseNodes(text)).toEqual({ self: 'aaa', joined: new Set(['aaa', 'bbb']) });
  });

  it('names whoever is not known to all', () => {
    const view = (self: string, ...joined: string[]) => ({ self, joined: new Set([self, ...joined]), ok: true });
    const whole = [view('a', 'b', 'c'), view('b', 'a', 'c'), view('c', 'a', 'b')];
    const named = (views: readonly ReturnType<typeof view>[]) => strangersAmong(new Map(views.map((each) => [each.self, each])));
    expect(named(whole)).toEqual([]);
    expect(named([view('a', 'b'), ...whole.slice(1)])).toEqual(['c']);
  });
});

describe('CLUSTER INFO', () => {
  it('tells the copies of each kind of Pub/Sub apart, and leaves out what never happened', () => {
    const text = 'cluster_state:ok\r\ncluster_stats_messages_publish_sent:10\r\ncluster_stats_messages_publishshard_received:3\r\n';
    expect(relayedIn(text, 'publish')).toEqual({ sent: 10, received: 0 });
    expect(relayedIn(text, 'publishshard')).toEqual({ sent: 0, received: 3 });
  });
});
