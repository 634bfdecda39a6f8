import { describe, expect, it } from 'vitest';
import { resultIn, start, temporaryFolder } from '../../../commands/testing/bench.js';
import { portOf, signature } from './sticky.js';

describe('the worker that a session belongs to', () => {
  const url = (sid: string) => ({ url: `/socket.io/?EIO=4&transport=polling&sid=${sid}` });

  it('is in the id of the session, signed', () => {
    expect(portOf(url(`abc.4711.${signature(4711, 'secret')}`), 'secret')).toBe(4711);
    expect(portOf({ url: `/socket.io/?sid=abc.4711.${signature(4711, 'secret')}&t=1` }, 'secret')).toBe(4711);
  });

  it.each([
    ['no session', ''],
    ['an id of another making', 'abc'],
    ['a port without a signature', 'abc.6379.'],
    ['another port than was signed', `abc.6379.${signature(4711, 'secret')}`],
    ['the signature of another secret', `abc.4711.${signature(4711, 'other')}`],
  ])('is nobody: %s', (_what, sid) => expect(portOf(url(sid), 'secret')).toBe(undefined));
});

it('long-polling works behind the primary of a cluster, beside WebSocket', async () => {
  const folder = temporaryFolder();
  const args = [
    'run',
    '--strategy',
    'node-cluster',
    '--scenario',
    'long-polling',
    '--nodes',
    '3',
    '--users',
    '24',
    '--duration',
    '1s',
    '--warm-up',
    '0',
  ];
  const { code, stderr } = await start([...args, '--out', `${folder.path}/out`]).ended;
  expect(`${code} ${code === 0 ? '' : stderr.slice(-2_000)}`).toBe('0 ');
  const { counts, findings, nodes, workers } = resultIn(`${folder.path}/out`);
  expect(counts).toMatchObject({ sent: 100, delivered: 100 });
  expect(findings?.responseBy?.polling?.count).toBeGreaterThan(20);
  expect(nodes.map(({ connections }) => connections).reduce((sum, one) => sum + one, 0)).toBe(24);
  expect(workers.map(({ disconnects }) => disconnects)).toEqual([{}]);
  folder.remove();
});
