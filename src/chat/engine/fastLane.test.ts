import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type ServerOptions } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { afterEach, describe, expect, test } from 'vitest';
import { plainTurns } from '../../transports/turns.js';
import { Packet } from '../packet.js';
import { PlainClient } from '../testing/plainClient.js';
import { FastEngine } from './fastEngine.js';
import type { FastLane } from './fastLane.js';

/** A bare Socket.IO server with the fast engine: what went beside Socket.IO and what through it, in order. */
class Stage {
  readonly http: HttpServer = createServer();
  readonly io: Server;
  readonly engine = new FastEngine(100_000, plainTurns);
  /** `beside message`, `through message`, and `engine <type>` for every packet that Engine.IO saw. */
  readonly seen: string[] = [];
  lane: FastLane | undefined;
  laneless = 0;

  constructor(options: Partial<ServerOptions>) {
    this.io = new Server(this.http, options);
    this.engine.attach(this.http);
    this.io.engine.on('connection', (socket) => {
      const lane = this.engine.laneOf(socket);
      this.lane = lane;
      if (lane === undefined) this.laneless++;
      socket.on('packet', ({ type }: { type: string }) => this.seen.push(`engine ${type}`));
    });
    this.io.on('connection', (socket) => {
      this.lane?.open(({ id, args }) => this.seen.push(`beside ${String(args[0])} ${id}`));
      socket.use((args, next) => {
        this.seen.push(`through ${String(args[0])}`);
        next();
      });
      socket.on('sync', (_payload, acknowledge: () => void) => acknowledge());
    });
  }

  async listen(): Promise<string> {
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async signedIn(): Promise<PlainClient> {
    const client = await PlainClient.signedIn(await this.listen(), '');
    this.seen.length = 0;
    return client;
  }
}

const hot = (id: number) => `42${id}["message",{"to":"bob","text":"x"}]`;

describe('the way beside Socket.IO', () => {
  let stage: Stage;
  const open = (options: Partial<ServerOptions> = {}) => {
    stage = new Stage({ transports: ['websocket'], ...options });
    return stage;
  };
  afterEach(() => stage.io.close());

  test('a hot event goes beside, everything else through', async () => {
    const client = await open().signedIn();
    client.say(hot(1));
    await client.over();
    client.say(hot(2), hot(3));
    await client.over();
    const handed = ['beside message 1', 'through sync', 'beside message 2', 'beside message 3', 'through sync'];
    expect(stage.seen.filter((each) => !each.startsWith('engine'))).toEqual(handed);
    expect(stage.seen.filter((each) => each.startsWith('engine'))).toEqual(['engine message', 'engine message']);
  });

  test('behind something that is still under way it goes through, too', async () => {
    const client = await open().signedIn();
    client.say('421["other",{}]', hot(2), hot(3));
    await client.over();
    client.say(hot(4));
    await client.over();
    expect(stage.seen.filter((each) => !each.startsWith('engine') && each !== 'through sync')).toEqual([
      'through other',
      'through message',
      'through message',
      'beside message 4',
    ]);
  });

  test('while a ping is not answered Engine.IO sees everything: it gives who speaks more time', async () => {
    const client = await open({ pingInterval: 500, pingTimeout: 5_000 }).signedIn();
    await client.until(() => client.heard.includes('2'));
    client.say(hot(1));
    await client.over();
    expect(stage.seen).toContain('through message');
    expect(stage.seen.join()).not.toContain('beside');
    client.say('3');
    await expect.poll(() => stage.seen).toContain('engine pong');
    client.say(hot(2));
    await expect.poll(() => stage.seen).toContain('beside message 2');
  });

  test('what is written keeps its order, on whatever way it goes', async () => {
    const client = await open().signedIn();
    const [socket] = await stage.io.fetchSockets();
    const ways: boolean[] = [];
    for (let round = 0; round < 20; round++) {
      if (round % 3 === 0) socket?.emit('through', round);
      const beside = stage.lane?.write(Packet.ofText(`2["beside",${round}]`)) ?? false;
      ways.push(beside);
      if (!beside) stage.io.to(socket?.id ?? '').emit('beside', round);
      if (round % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await client.over();
    expect(new Set(ways)).toEqual(new Set([true, false]));
    const rounds = client.heard.flatMap((text) => (text.startsWith('42["') ? [Number(/\d+(?=\])/.exec(text)?.[0])] : []));
    expect(rounds).toEqual([...rounds].sort((one, other) => one - other));
    expect(rounds).toHaveLength(27);
  });

  test('what is written in one turn of the event loop goes out in one piece', async () => {
    const client = await open().signedIn();
    const pieces: number[] = [];
    client.tcp.on('data', (bytes: Buffer) => pieces.push(bytes.length));
    for (let round = 0; round < 10; round++) stage.lane?.write(Packet.ofText(`2["beside",${round}]`));
    await client.until(() => client.heard.length === 10);
    expect(pieces).toHaveLength(1);
  });

  test('a connection that began with polling is upgraded through the wire, and all of it goes through Socket.IO', async () => {
    const url = await open({ transports: ['polling', 'websocket'] }).listen();
    const client = connect(url, { transports: ['polling', 'websocket'], forceNew: true, reconnection: false });
    await new Promise<void>((resolve) => client.io.engine.once('upgrade', () => resolve()));
    await client.timeout(5_000).emitWithAck('sync', {});
    client.emit('message', {}, () => {});
    await client.timeout(5_000).emitWithAck('sync', {});
    client.disconnect();
    expect(stage.laneless).toBe(1);
    expect(stage.seen).toContain('through message');
  });

  test('a request for an upgrade elsewhere is not left open', async () => {
    const url = await open().listen();
    const client = PlainClient.dial(url);
    client.tcp.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    await client.gone();
    expect(client.heard).toEqual([]);
  });

  test('a client that resets its connection in the middle of a frame leaves nothing behind', async () => {
    const client = await open().signedIn();
    client.tcp.write(Buffer.from([0x81, 0xff, 0, 0]));
    client.tcp.resetAndDestroy();
    await expect.poll(() => stage.io.engine.clientsCount).toBe(0);
  });
});
