import { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Output } from './output.js';
import { Statistics } from './statistics.js';

const generous = { hardBytes: 1000, softBytes: 1000, softSeconds: 60 };

/** An output over a socket that takes everything, or one that never drains. */
function output({ limit = generous, draining = true } = {}) {
  const socket = new Socket();
  const written: string[] = [];
  const destroy = vi.spyOn(socket, 'destroy');
  vi.spyOn(socket, 'writableNeedDrain', 'get').mockImplementation(() => !draining);
  vi.spyOn(socket, 'write').mockImplementation((bytes) => {
    written.push(String(bytes));
    return true;
  });
  const statistics = new Statistics();
  return { output: new Output(socket, statistics, () => limit), socket, written, destroy, statistics };
}

describe('Output', () => {
  it('writes once per turn of the event loop', async () => {
    const { output: out, written, statistics } = output();
    for (const bytes of ['a', 'b', 'c']) out.write(bytes);
    expect(written).toEqual([]);
    await setImmediate();
    out.write('d');
    await setImmediate();
    expect(written).toEqual(['abc', 'd']);
    expect(statistics.outputBytes).toBe(4);
  });

  it('holds back what a socket does not drain, and sends it when it does', async () => {
    const drainable = { draining: false };
    const { output: out, socket, written } = output(drainable);
    out.write('a');
    await setImmediate();
    out.write('b');
    await setImmediate();
    expect(written).toEqual([]);
    expect(out.unsentBytes).toBe(2);
    vi.spyOn(socket, 'writableNeedDrain', 'get').mockReturnValue(false);
    socket.emit('drain');
    expect(written).toEqual(['ab']);
  });

  it('cuts beyond the hard limit at once', () => {
    const { output: out, destroy, statistics } = output();
    out.write('x'.repeat(1000));
    expect(destroy).not.toHaveBeenCalled();
    out.write('x');
    expect(destroy).toHaveBeenCalledOnce();
    expect(statistics.outputLimitDisconnections).toBe(1);
    out.write('y');
    expect(out.unsentBytes).toBe(0);
  });

  it('cuts beyond the soft limit only after its time, which begins anew below it', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const { output: out, destroy } = output({ limit: { hardBytes: 1000, softBytes: 100, softSeconds: 10 } });
    out.write('x'.repeat(101));
    clock.mockReturnValue(10_000);
    out.write('x');
    await setImmediate();
    clock.mockReturnValue(20_000);
    out.write('x');
    out.write('x'.repeat(200));
    clock.mockReturnValue(30_000);
    out.write('x');
    expect(destroy).not.toHaveBeenCalled();
    clock.mockReturnValue(30_001);
    out.write('x');
    expect(destroy).toHaveBeenCalledOnce();
    clock.mockRestore();
  });

  it('sends what is gathered before it ends, and takes nothing after', () => {
    const { output: out, written } = output();
    out.write('a');
    out.end();
    out.write('b');
    expect(written).toEqual(['a']);
    expect(out.isClosing).toBe(true);
  });
});
