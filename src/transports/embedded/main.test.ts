import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RawConnection } from '../testing/rawConnection.js';

const jiti = fileURLToPath(import.meta.resolve('jiti/register'));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));

type Child = ChildProcessByStdio<Writable, Readable, null>;

async function started(): Promise<{ child: Child; port: number }> {
  const child = spawn(process.execPath, ['--import', jiti, main], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { child, port: (JSON.parse(String(line)) as { port: number }).port };
}

describe('the embedded broker as a process', () => {
  it.each([
    ['its parent closes stdin', (child: Child) => child.stdin.end()],
    ['it gets SIGTERM', (child: Child) => child.kill('SIGTERM')],
  ])('serves until %s', async (_reason, stop) => {
    const { child, port } = await started();
    const connection = await RawConnection.open(port);
    connection.send('PING\r\n');
    await connection.until('+PONG\r\n');
    const exited = once(child, 'exit');
    stop(child);
    expect(await exited).toEqual([0, null]);
    await connection.untilClosed();
  });
});
