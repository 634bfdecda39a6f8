import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../freePort.js';
import { TestLaunch } from '../testing/launch.js';
import { describeWith, findServer } from '../testing/servers.js';
import { connectionTimes } from '../times.js';
import { dial } from './dial.js';
import { classic } from './pubSub.js';
import { findRedisServer } from './start.js';

const parts = { pubSub: classic, message: () => {} };

describeWith(findServer('redis-server'), 'a redis-server with TLS', (program) =>
  describeWith(findServer('openssl'), 'and a certificate of its own', (openssl) => {
    let launch: TestLaunch;
    let [certificate, port] = ['', 0];
    beforeAll(async () => {
      launch = await TestLaunch.open();
      port = await freePort();
      certificate = join(launch.folder, 'certificate.pem');
      const key = join(launch.folder, 'key.pem');
      const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
      execFileSync(
        openssl,
        ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', ...names],
        { stdio: 'ignore' },
      );
      const tls = ['--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key, '--tls-ca-cert-file', certificate];
      const server = await launch.program('r1', program, [
        '--port',
        '0',
        '--bind',
        '127.0.0.1',
        '--tls-auth-clients',
        'no',
        '--requirepass',
        'sesame',
        '--save',
        '',
        ...tls,
      ]);
      await server.said((line) => (line.includes('Ready to accept connections') ? true : undefined));
    });
    afterAll(() => launch.close());

    it('is spoken to by whoever trusts it, by name and by address, with password and database', async () => {
      for (const host of ['localhost', '127.0.0.1']) {
        const url = `rediss://:sesame@${host}:${port}/3`;
        const leaver = await launch.script('testing/leaver', ['redis', url], { NODE_EXTRA_CA_CERTS: certificate });
        expect(await leaver.said((line) => (line.startsWith('left: ') ? line : undefined))).toBe('left: ');
      }
    });

    it('is not by who does not trust it, nor without TLS', async () => {
      await expect(dial(`rediss://:sesame@localhost:${port}`, connectionTimes, parts)).rejects.toThrow(
        /^the TLS handshake failed; .*self-signed/,
      );
      await expect(dial(`redis://:sesame@localhost:${port}`, connectionTimes, parts)).rejects.toThrow('is that a Redis?');
    });
  }),
);

describeWith(findServer('redis-server'), 'a redis-server without TLS', () =>
  it('is not spoken to with it', async () => {
    const launch = await TestLaunch.open();
    try {
      const port = await freePort();
      const server = await launch.program('r1', findRedisServer() ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
      await server.said((line) => (line.includes('Ready to accept connections') ? true : undefined));
      await expect(dial(`rediss://127.0.0.1:${port}`, { ...connectionTimes, connectTimeoutMs: 1_000 }, parts)).rejects.toThrow(/TLS|1 s/);
    } finally {
      await launch.close();
    }
  }),
);
