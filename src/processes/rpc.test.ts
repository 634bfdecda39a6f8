import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { BenchError, unavailable } from '../error.js';
import { rpcOver } from './rpc.js';

interface Remote {
  work(what: unknown): Promise<unknown>;
}

/** Two ends of one line; the texts that pass are kept. */
function line(local: Remote): { readonly call: Remote; readonly texts: string[] } {
  const ends = [new EventEmitter(), new EventEmitter()] as const;
  const texts: string[] = [];
  const socketOf = (own: EventEmitter, other: EventEmitter) =>
    Object.assign(own, {
      send: (text: string) => {
        texts.push(text);
        other.emit('message', Buffer.from(text));
      },
    }) as unknown as WebSocket;
  rpcOver<object, Remote>(socketOf(ends[1], ends[0]), local);
  return { call: rpcOver<Remote, object>(socketOf(ends[0], ends[1]), {}) as unknown as Remote, texts };
}

describe('the control connection', () => {
  it('carries an error with its fault and its words, and the stack of a bug', async () => {
    const faults = [unavailable('[n3] no'), new TypeError('odd')];
    const { call } = line({ work: () => Promise.reject(faults.shift()) });
    await expect(call.work(1)).rejects.toMatchObject({ name: 'BenchError', fault: 'unavailable', message: '[n3] no' });
    const bug = await call.work(2).catch((error: unknown) => error);
    expect(bug).toBeInstanceOf(BenchError);
    expect(bug).toMatchObject({ fault: 'bug', message: expect.stringContaining('rpc.test.ts') });
  });

  it('takes nothing inside an answer for an error', async () => {
    const answer = { benchError: { fault: 'bug', message: 'only a name' }, e: 'x' };
    const { call } = line({ work: async () => answer });
    expect(await call.work(0)).toEqual(answer);
  });
});
