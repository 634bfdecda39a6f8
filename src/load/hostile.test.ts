import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DriverName } from '../plan/types.js';
import { openDriver } from './drivers.js';
import { type Attack, acceptOf, acknowledge, acknowledgement, admit, frame, HostileServer, type Manners } from './testing/hostileServer.js';
import { Witness } from './testing/witness.js';

/** What a driver saw of a server, and the server of it. */
interface Story {
  readonly seen: readonly string[];
  readonly heard: readonly string[];
}

const upgraded = (key: string, ...more: readonly string[]) =>
  ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${acceptOf(key)}`, ...more].join(
    '\r\n',
  );

async function listening(server: Promise<HostileServer>): Promise<HostileServer> {
  const one = await server;
  onTestFinished(() => one.close());
  return one;
}

/** Connects, asks once, and is done when that is answered, one way or the other. */
async function story(name: DriverName, manners: Manners): Promise<Story> {
  const server = await listening(HostileServer.listen(manners));
  const witness = await new Witness().connect(openDriver(name), server.url, { timeoutMs: 1_000 });
  await witness.sync();
  const [victim] = server.victims;
  witness.connection?.close();
  if (victim !== undefined) await gone(victim.webSocket);
  return { seen: witness.seen, heard: (victim?.heard ?? []).filter((words) => !words.startsWith('error') && words !== 'close 1006') };
}

function gone(webSocket: { readonly readyState: number; once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    if (webSocket.readyState === 3) resolve();
    else webSocket.once('close', () => resolve());
  });
}

/** Both drivers live through the same, and it is this. */
async function bothSee(manners: Manners, seen: readonly string[]): Promise<Story> {
  const reference = await story('socket.io-client', manners);
  const raw = await story('raw', manners);
  expect(raw.seen).toEqual(seen);
  expect(reference.seen).toEqual(seen);
  expect(raw.heard).toEqual(reference.heard);
  return raw;
}

const push = (text: string) => `42["message",${JSON.stringify({ from: 'u1', text })}]`;
const pushSeen = (text: string) => `message ${JSON.stringify({ from: 'u1', text })}`;
const writes =
  (...frames: readonly (Buffer | string)[]): Attack =>
  ({ tcp }, id) => {
    const bytes = frames.map((one) => (typeof one === 'string' ? frame(1, one) : one));
    tcp.write(Buffer.concat([...bytes, frame(1, acknowledgement(id))]));
  };
const ok = ['connected', 'ok {"ok":true}'];
const seenBefore = (...words: readonly string[]) => ['connected', ...words, 'ok {"ok":true}'];
const brokenBy = (reason: string) => ['connected', `cut: ${reason}`, 'unknown: cut before the answer'];
const long = 'x'.repeat(70_000);
const smile = Buffer.from(push('a 👋 b'));

describe('frames that are unusual and right', () => {
  it.each<[string, Attack, readonly string[]]>([
    ['merged', writes(push('1'), push('2'), push('3')), seenBefore(pushSeen('1'), pushSeen('2'), pushSeen('3'))],
    ['empty of news: noop, close, upgrade and pong of Engine.IO', writes('6', '1', '5', '3'), ok],
    ['of 16 bits of length', writes(push(long.slice(0, 300))), seenBefore(pushSeen(long.slice(0, 300)))],
    ['of 64 bits of length', writes(push(long)), seenBefore(pushSeen(long))],
    ['of 3 MB', writes(push(long.repeat(43))), seenBefore(pushSeen(long.repeat(43)))],
    [
      'fragmented, with pings between, inside a character',
      writes(
        frame(1, smile.subarray(0, 30), { final: false }),
        frame(9, 'p1'),
        frame(0, smile.subarray(30, 37), { final: false }),
        frame(9, ''),
        frame(0, smile.subarray(37)),
      ),
      seenBefore(pushSeen('a 👋 b')),
    ],
    [
      'empty fragments',
      writes(frame(1, '', { final: false }), frame(0, push('x'), { final: false }), frame(0, '')),
      seenBefore(pushSeen('x')),
    ],
    ['U+FFFD itself', writes(push('\uFFFD')), seenBefore(pushSeen('\uFFFD'))],
    ['pongs that nobody asked for', writes(frame(10, 'why')), ok],
    [
      'events nobody listens to',
      writes('42["elsewhere",{}]', '42[7,1]', '42["message"]', '42'.concat('["other",1,2,3]')),
      seenBefore('message undefined'),
    ],
    ['events that want an answer', writes('4217["message",{"text":"?"}]'), seenBefore('message {"text":"?"}')],
    ['another namespace', writes('42/other,["message",{}]', '41/other,', '43/other,0[{"ok":true}]'), ok],
    ['answers nobody waits for', writes('43999[{"ok":true}]', '43[1]'), ok],
    ['escapes', writes('42["me\\u0073sage",{"text":"\\"\\\\\\u2028"}]'), seenBefore(`message ${JSON.stringify({ text: '"\\\u2028' })}`)],
  ])('%s', async (_title, event, seen) => {
    await bothSee({ event }, seen);
  });

  it('split at every byte', async () => {
    const event: Attack = async ({ tcp }, id) => {
      tcp.setNoDelay(true);
      for (const byte of Buffer.concat([
        frame(1, push('a 👋 b')),
        frame(9, 'p'),
        frame(1, push(long.slice(0, 200))),
        frame(1, acknowledgement(id)),
      ])) {
        tcp.write(Buffer.of(byte));
        await turn();
      }
    };
    const { heard } = await bothSee({ event }, seenBefore(pushSeen('a 👋 b'), pushSeen(long.slice(0, 200))));
    expect(heard).toContain('pong p');
  });

  it('pings are answered, of either protocol', async () => {
    const { heard } = await bothSee({ event: writes(frame(9, 'are you there'), '2') }, ok);
    expect(heard).toEqual(['40{"token":"t"}', '420["sync",{}]', 'pong are you there', '3', '41', 'close 1005']);
  });
});

describe('frames that are wrong end the connection', () => {
  it.each<[string, Buffer, number]>([
    ['masked', frame(1, push('x'), { mask: true }), 1002],
    ['RSV1', frame(1, push('x'), { reserved: 4 }), 1002],
    ['RSV2', frame(1, push('x'), { reserved: 2 }), 1002],
    ['RSV3', frame(1, push('x'), { reserved: 1 }), 1002],
    ['opcode 3', frame(3, 'x'), 1002],
    ['opcode 11', frame(11, 'x'), 1002],
    ['a fragmented ping', frame(9, 'x', { final: false }), 1002],
    ['a long ping', frame(9, long.slice(0, 126)), 1002],
    ['a continuation of nothing', frame(0, 'x'), 1002],
    ['a text inside a text', Buffer.concat([frame(1, '4', { final: false }), frame(1, '2')]), 1002],
    ['a length of 2^63', Buffer.concat([Buffer.of(0x81, 127, 0x80), Buffer.alloc(7)]), 1009],
    ['a length over 100 MiB', Buffer.of(0x81, 127, 0, 0, 0, 0, 6, 64, 0, 1), 1009],
    ['text that is no UTF-8', frame(1, Buffer.concat([Buffer.from('42["message","'), Buffer.of(0xc3, 0x28), Buffer.from('"]')])), 1007],
    ['text that ends inside a character', frame(1, Buffer.of(0x34, 0xf0, 0x9f)), 1007],
    ['a close of one byte', frame(8, 'x'), 1002],
    ['a close with code 1005', frame(8, Buffer.of(3, 237)), 1002],
    ['a close with code 999', frame(8, Buffer.of(3, 231)), 1002],
    ['a close whose reason is no UTF-8', frame(8, Buffer.of(3, 232, 0xff)), 1007],
  ])('%s', async (_title, bytes, code) => {
    const { heard } = await bothSee({ event: ({ tcp }) => tcp.write(bytes) }, brokenBy('transport error'));
    expect(heard.at(-1)).toBe(`close ${code}`);
  });

  it.each<[string, string | Buffer]>([
    ['an unknown packet of Engine.IO', '9'],
    ['an empty one', ''],
  ])('%s', async (_title, packet) => {
    await bothSee({ event: ({ webSocket }) => webSocket.send(packet) }, brokenBy('transport error'));
  });

  it.each<[string, string | Buffer]>([
    ['a binary message', Buffer.of(1, 2)],
    ['an unknown packet of Socket.IO', '47'],
    ['an event that is no JSON', '42["message",'],
    ['an event that is no list', '42{}'],
    ['an event without a name', '42[null]'],
    ['an event of a name that is taken', '42["connect"]'],
    ['an acknowledgement that is no list', '430{}'],
    ['a disconnect with words', '41{}'],
  ])('%s', async (_title, packet) => {
    await bothSee({ event: ({ webSocket }) => webSocket.send(packet) }, brokenBy('parse error'));
  });
});

describe('ends', () => {
  it.each<[string, Attack, string]>([
    ['a close', ({ webSocket }) => webSocket.close(), 'transport close'],
    ['a close with code and reason', ({ webSocket }) => webSocket.close(4001, 'go'), 'transport close'],
    ['a cut', ({ tcp }) => tcp.destroy(), 'transport close'],
    ['a reset', ({ tcp }) => tcp.resetAndDestroy(), 'transport close'],
    ['an end without a close', ({ tcp }) => tcp.end(), 'transport close'],
    ['a cut inside a frame', ({ tcp }) => tcp.end(frame(1, push('x')).subarray(0, 9)), 'transport close'],
    ['a disconnect by Socket.IO', ({ webSocket }) => webSocket.send('41'), 'io server disconnect'],
    [
      'a bye before it',
      ({ tcp }) => tcp.write(Buffer.concat([frame(1, '42["bye",{"reason":"draining"}]'), frame(1, '41')])),
      'io server disconnect: draining',
    ],
    ['a bye without a reason', ({ tcp }) => tcp.end(frame(1, '42["bye"]')), 'transport close: bye'],
    ['a close behind a push', ({ tcp }) => tcp.write(Buffer.concat([frame(8, ''), frame(1, push('unread'))])), 'transport close'],
  ])('%s', async (_title, event, reason) => {
    await bothSee({ event }, brokenBy(reason));
  });

  it('pings that stay out', async () => {
    const open = '0{"sid":"e","upgrades":[],"pingInterval":60,"pingTimeout":60,"maxPayload":1000000}';
    await bothSee({ open, event: () => {} }, brokenBy('ping timeout'));
  });

  it('no answer in time, and one after that', async () => {
    const event: Attack = (victim, id) => {
      if (id > 0) acknowledge(victim, 0);
      if (id > 0) acknowledge(victim, id);
    };
    for (const name of ['socket.io-client', 'raw'] as const) {
      const { url } = await listening(HostileServer.listen({ event }));
      const witness = await new Witness().connect(openDriver(name), url, { timeoutMs: 300 });
      await witness.sync();
      await witness.sync();
      expect(witness.seen).toEqual(['connected', 'unknown: no answer within 0.3 s', 'ok {"ok":true}']);
      witness.connection?.close();
    }
  });

  it.each(['socket.io-client', 'raw'] as const)(
    'its own close is told the server and nobody else; what waits is unknown (%s)',
    async (name) => {
      const server = await listening(HostileServer.listen({ event: () => {} }));
      const witness = await new Witness().connect(openDriver(name), server.url);
      const asked = witness.sync();
      await expect.poll(() => server.victims[0]?.heard.length).toBe(2);
      witness.connection?.close();
      await asked;
      await witness.sync();
      await expect.poll(() => server.victims[0]?.heard).toEqual(['40{"token":"t"}', '420["sync",{}]', '41', 'close 1005']);
      expect(witness.seen).toEqual(['connected', 'unknown: cut before the answer', 'rejected: not connected']);
    },
  );
});

describe('connects', () => {
  it.each<[string, Manners, readonly string[]]>([
    ['refused with a reason', { connect: ({ webSocket }) => webSocket.send('44{"message":"token expired"}') }, ['refused: token expired']],
    [
      'refused by a close',
      { connect: ({ webSocket }) => webSocket.close() },
      ['refused: closed before the acknowledgement: transport close'],
    ],
    ['never acknowledged', { connect: () => {} }, ['refused: no acknowledgement within 1 s']],
    [
      'refused by a disconnect',
      { connect: ({ webSocket }) => webSocket.send('41') },
      ['refused: closed before the acknowledgement: io server disconnect'],
    ],
    [
      'answered by a broken frame',
      { connect: ({ tcp }) => tcp.write(frame(3, '')) },
      ['refused: websocket error: Invalid WebSocket frame: invalid opcode 3'],
    ],
    [
      'answered by what is no packet',
      { connect: ({ webSocket }) => webSocket.send('4x') },
      ['refused: closed before the acknowledgement: parse error'],
    ],
    ['answered by what Engine.IO has not', { connect: ({ webSocket }) => webSocket.send('x') }, ['refused: server error']],
    [
      'events before the acknowledgement, which wait for it',
      {
        connect: (victim) => {
          victim.webSocket.send(push('early'));
          admit(victim, 0);
        },
      },
      [pushSeen('early'), 'connected', 'ok {"ok":true}'],
    ],
  ])('%s', async (_title, manners, seen) => {
    await bothSee(manners, seen);
  });

  it.each<[string, (key: string) => string, string]>([
    ['refuses', () => 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n', 'websocket error: Unexpected server response: 403'],
    ['moved', () => 'HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n', 'websocket error: Unexpected server response: 301'],
    ['answers a page', () => 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 'websocket error: Unexpected server response: 200'],
    ['accepts another key', (key) => upgraded(`${key}x`, '', ''), 'websocket error: Invalid Sec-WebSocket-Accept header'],
    ['upgrades to something else', (key) => upgraded(key, '', '').replace('websocket', 'h2c'), 'websocket error: Invalid Upgrade header'],
    [
      'picks a subprotocol',
      (key) => upgraded(key, 'Sec-WebSocket-Protocol: x', '', ''),
      'websocket error: Server sent a subprotocol but none was requested',
    ],
    ['speaks something else', () => 'SSH-2.0-OpenSSH\r\n\r\n', 'websocket error: Parse Error: Expected HTTP/'],
    ['hangs up', () => '', 'websocket error: socket hang up'],
  ])('to a server that %s', async (_title, answer, reason) => {
    for (const name of ['socket.io-client', 'raw'] as const) {
      const { url } = await listening(HostileServer.upgrading((tcp, key) => tcp.end(answer(key))));
      const { seen } = await new Witness().connect(openDriver(name), url, { timeoutMs: 2_000 });
      expect(seen[0]?.replace(/Expected HTTP.*/, 'Expected HTTP/')).toBe(`refused: ${reason}`);
    }
  });

  it.each(['socket.io-client', 'raw'] as const)('to a server that never answers the upgrade (%s)', async (name) => {
    const { url } = await listening(HostileServer.upgrading(() => {}));
    const { seen } = await new Witness().connect(openDriver(name), url, { timeoutMs: 200 });
    expect(seen).toEqual(['refused: no acknowledgement within 0.2 s']);
  });

  it.each(['socket.io-client', 'raw'] as const)('whose upgrade comes byte by byte, the first frames with its end (%s)', async (name) => {
    const open = frame(1, '0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}');
    const server = HostileServer.upgrading(async (tcp, key) => {
      const head = Buffer.from(upgraded(key, '', ''));
      for (const byte of head.subarray(0, -1)) {
        tcp.write(Buffer.of(byte));
        await turn();
      }
      tcp.write(Buffer.concat([head.subarray(-1), open, frame(1, '40{"sid":"s"}')]));
    });
    const witness = await new Witness().connect(openDriver(name), (await listening(server)).url, { timeoutMs: 5_000 });
    expect(witness.seen).toEqual(['connected']);
    witness.connection?.close();
  });

  it('are refused by the raw driver without waiting where the reference waits for a connection that is gone', async () => {
    const { url } = await listening(HostileServer.upgrading((tcp, key) => tcp.end(upgraded(key, '', ''))));
    const { seen } = await new Witness().connect(openDriver('raw'), url);
    expect(seen).toEqual(['refused: closed before the acknowledgement: transport close']);
  });

  it('are refused by the raw driver when the server takes an extension that it did not offer', async () => {
    const { url } = await listening(
      HostileServer.upgrading((tcp, key) => tcp.end(upgraded(key, 'Sec-WebSocket-Extensions: permessage-deflate', '', ''))),
    );
    const { seen } = await new Witness().connect(openDriver('raw'), url);
    expect(seen).toEqual(['refused: websocket error: Server sent a Sec-WebSocket-Extensions header but no extension was requested']);
  });
});
