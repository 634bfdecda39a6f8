import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { unavailable } from '../error.js';
import { Coordinator } from './coordinator.js';
import type { CoordinatorCalls, NodeCalls } from './protocol.js';
import { rpcOver } from './rpc.js';

let coordinator: Coordinator;

beforeEach(async () => {
  coordinator = await Coordinator.listen();
});
afterEach(() => coordinator.close());

function dial(headers: Record<string, string>): WebSocket {
  return new WebSocket(coordinator.url, { headers });
}

function authorised(): WebSocket {
  return dial({ authorization: `Bearer ${coordinator.token}` });
}

describe('the coordinator', () => {
  it.each([
    ['no token', {}, 401],
    ['a wrong token', { authorization: `Bearer ${'x'.repeat(43)}` }, 401],
    ['a token of another length', { authorization: 'Bearer short' }, 401],
  ])('refuses %s', async (_case, headers, status) => {
    const [error] = (await once(dial(headers), 'error').catch((thrown: unknown) => [thrown])) as [Error];
    expect(error.message).toContain(String(status));
  });

  it('refuses a browser, even with the token', async () => {
    const socket = dial({ authorization: `Bearer ${coordinator.token}`, origin: 'http://127.0.0.1' });
    const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [Error];
    expect(error.message).toContain('403');
  });

  it('listens on loopback only', () => {
    expect(new URL(coordinator.url).hostname).toBe('127.0.0.1');
  });

  it('hands over a child that says hello, and calls it', async () => {
    const expected = coordinator.expect('node', 2);
    const socket = authorised();
    await once(socket, 'open');
    const calls = { settle: async () => {}, clean: async () => Promise.reject(unavailable('[n3] no')) };
    await rpcOver<CoordinatorCalls, Pick<NodeCalls, 'settle' | 'clean'>>(socket, calls).hello({ role: 'node', index: 2, pid: 7 });
    const { hello, call } = await expected;
    expect(hello).toEqual({ role: 'node', index: 2, pid: 7 });
    await expect(call.settle()).resolves.toBeUndefined();
    await expect(call.clean(1)).rejects.toMatchObject({ name: 'BenchError', fault: 'unavailable', message: '[n3] no' });
  });

  it('fails calls to a child that has gone instead of waiting for ever', async () => {
    const expected = coordinator.expect('node', 0);
    const socket = authorised();
    await once(socket, 'open');
    const calls = { settle: () => new Promise<void>(() => socket.terminate()) };
    await rpcOver<CoordinatorCalls, Pick<NodeCalls, 'settle'>>(socket, calls).hello({ role: 'node', index: 0, pid: 7 });
    const { call } = await expected;
    await expect(call.settle()).rejects.toThrow('control connection closed');
  });

  it('takes no child that nobody expects', async () => {
    const socket = authorised();
    await once(socket, 'open');
    const rpc = rpcOver<CoordinatorCalls, object>(socket, {});
    await expect(rpc.hello({ role: 'worker', index: 9, pid: 7 })).rejects.toThrow('nobody expects worker 9');
  });

  it('says what to do when its port is taken', async () => {
    const port = Number(new URL(coordinator.url).port);
    await expect(Coordinator.listen(port)).rejects.toThrow(/127\.0\.0\.1:\d+; stop what listens there, or leave --control-port out/);
  });
});
