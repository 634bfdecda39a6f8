import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { range } from '../testing/messages.js';
import { Output } from './output.js';

let server: Server;
let reader: Socket;
let writer: Socket;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  writer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  [[reader]] = await Promise.all([once(server, 'connection'), once(writer, 'connect')]);
});
afterEach(() => {
  reader.destroy();
  writer.destroy();
  server.close();
});

describe('Output', () => {
  it('takes as many frames, and as many bytes, as may wait', () => {
    const few = new Output(writer, { unsentFrames: 3, unsentBytes: 1_000 });
    expect(range(5).map(() => few.push(Buffer.alloc(10)))).toEqual([true, true, true, false, false]);
    const small = new Output(writer, { unsentFrames: 100, unsentBytes: 30 });
    expect(range(5).map(() => small.push(Buffer.alloc(10)))).toEqual([true, true, true, false, false]);
  });

  it('writes the frames of one turn at once', async () => {
    const output = new Output(writer, { unsentFrames: 100, unsentBytes: 1_000 });
    for (const number of range(50)) output.push(Buffer.from([number]));
    const [first] = await once(reader, 'data');
    expect([...first]).toEqual(range(50));
  });

  it('keeps what a paused reader does not take, and hands it over in order when it reads again', async () => {
    reader.pause();
    const output = new Output(writer, { unsentFrames: 10_000, unsentBytes: 2 ** 26 });
    const frames = range(600).map((number) => Buffer.alloc(40_000, number % 251));
    const accepted: boolean[] = [];
    for (const frame of frames) {
      accepted.push(output.push(frame));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(accepted).not.toContain(false);
    expect(writer.bytesWritten).toBeLessThan(600 * 40_000);
    expect(writer.writableLength).toBeLessThan(200_000);
    const got: Buffer[] = [];
    reader.on('data', (chunk) => got.push(chunk));
    reader.resume();
    while (got.reduce((total, { length }) => total + length, 0) < 600 * 40_000) await once(reader, 'data');
    expect(Buffer.concat(got).equals(Buffer.concat(frames))).toBe(true);
  });
});
