import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capacityPlanText } from '../report/capacityPlan.js';
import { comparisonText } from '../report/comparison.js';
import { resultText } from '../report/json.js';
import { failingResult, sampleResult } from '../report/testing/sample.js';
import { samplePlanned } from '../report/testing/samplePages.js';
import { sampleComparison } from '../report/testing/several.js';
import { ResultsFolder } from './serve/folder.js';
import { serve } from './serve/server.js';
import { bench, start, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
const results = join(folder.path, 'results');
const hostile = '<img src=x onerror=alert(1)>&"%2e%2e';

function keep(path: string, name: string, text: string): void {
  mkdirSync(join(results, path), { recursive: true });
  writeFileSync(join(results, path, name), text);
}

const rooms = () => {
  const result = sampleResult();
  return { ...result, startedAt: '2026-02-01T00:00:00.000Z', plan: { ...result.plan, scenario: 'rooms', seed: 8 } };
};

let port = 0;
let close = () => {};
beforeAll(async () => {
  keep('one', 'result.json', resultText(sampleResult()));
  keep('two', 'result.json', resultText({ ...failingResult(), startedAt: '2026-01-16T00:00:00.000Z' }));
  keep('rooms', 'result.json', resultText(rooms()));
  keep(hostile, 'result.json', resultText(sampleResult()));
  keep('compared', 'comparison.json', comparisonText(sampleComparison()));
  keep('compared/hashed', 'result.json', resultText(sampleResult()));
  keep('planned', 'fleets.json', capacityPlanText(samplePlanned()));
  keep('half', 'result.json', resultText(sampleResult()).slice(0, 900));
  keep('running', 'plan.json', '{}');
  keep('notes', 'thesis.txt', 'mine');
  writeFileSync(join(folder.path, 'secret.json'), 'secret');
  mkdirSync(join(folder.path, 'outside'));
  writeFileSync(join(folder.path, 'outside', 'result.json'), resultText(sampleResult()));
  symlinkSync(join(folder.path, 'outside'), join(results, 'away'));
  mkdirSync(join(results, 'linked'));
  symlinkSync(join(folder.path, 'secret.json'), join(results, 'linked', 'result.json'));
  symlinkSync('two', join(results, 'latest'));
  const server = await serve({ folder: await ResultsFolder.open(results), host: '127.0.0.1', port: 0, language: 'en' });
  port = (server.address() as AddressInfo).port;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterAll(() => {
  close();
  folder.remove();
});

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The path as it stands, where a browser or fetch would have tidied it. */
function get(path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, method, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject).end();
  });
}

const rowsOf = ({ body }: Got) =>
  [...body.matchAll(/<th scope="row">(?:<a href="([^"]*)">)?([^<]*)/g)].map(([, link, name]) => link ?? name);

describe('the index of bench serve', () => {
  it('lists what lies in the folder, the newest first, and names what is broken or unfinished with the reason', async () => {
    const page = await get('/');
    expect(page.status).toBe(200);
    expect(rowsOf(page)).toContain('/rooms/report.html');
    expect(rowsOf(page).indexOf('/rooms/report.html')).toBeLessThan(rowsOf(page).indexOf('/two/report.html'));
    expect(rowsOf(page).indexOf('/two/report.html')).toBeLessThan(rowsOf(page).indexOf('/one/report.html'));
    expect(page.body).toMatch(/half<\/th>.*broken: half\/result\.json is cut off at byte 900/);
    expect(page.body).toMatch(/running<\/th>.*unfinished: it has a plan and no result/);
    expect(page.body).not.toMatch(/thesis|away|secret|\/compared\/hashed\//);
  });

  it('has the runs of a comparison when asked, sorts and filters by the query alone', async () => {
    expect(rowsOf(await get('/?inside=yes'))).toContain('/compared/hashed/report.html');
    expect(rowsOf(await get('/?verdict=fail&kind=result'))).toEqual(['/two/report.html']);
    expect(rowsOf(await get('/?words=ROOMS'))).toEqual(['/rooms/report.html']);
    expect(rowsOf(await get('/?verdict=unreadable')).toSorted()).toEqual(['half', 'running']);
    const up = rowsOf(await get('/?sort=scenario&order=up&kind=result&verdict=pass'));
    expect(up.at(-1)).toBe('/rooms/report.html');
    expect(rowsOf(await get('/?sort=scenario&order=down&kind=result&verdict=pass'))[0]).toBe('/rooms/report.html');
    expect((await get('/?sort=nonsense&verdict=nonsense')).status).toBe(200);
  });

  it('shows a hostile name as text, and its link leads to its report', async () => {
    const page = await get('/');
    expect(page.body).not.toContain('<img');
    const link = rowsOf(page).find((one) => one?.includes('img')) ?? '';
    expect((await get(link)).body).toMatch(/<h1[^>]*>.*hashed/);
    expect((await get(`/?words=${encodeURIComponent('"><script>alert(1)</script>')}`)).body).not.toContain('<script>');
  });

  it('speaks Russian when it is told to', async () => {
    const server = await serve({ folder: await ResultsFolder.open(results), host: '127.0.0.1', port: 0, language: 'ru' });
    const { port: other } = server.address() as AddressInfo;
    const body = await (await fetch(`http://127.0.0.1:${other}/`)).text();
    server.close();
    expect(body).toMatch(/<html lang="ru">[\s\S]*Результаты[\s\S]*Сравнить два выбранных/);
  });
});

describe('a capacity plan in bench serve', () => {
  it('is listed with its load, and is none of the runs that can be compared', async () => {
    const page = await get('/?kind=plan&verdict=pass');
    expect(rowsOf(page)).toEqual(['/planned/report.html']);
    expect(page.body).toMatch(/✓ pass<\/td>\s*<td class="words">plan<\/td>.*20,000 messages\/s.*1,000,000 users/);
    expect(page.body).not.toContain('aria-label="choose planned"');
    const { status, body } = await get('/compare?of=planned&of=one');
    expect([status, body]).toEqual([400, expect.stringContaining('planned is a plan: choose two runs or comparisons.')]);
  });

  it.each([
    ['report.html', /How this was predicted/],
    ['fleets.json', /^\{\n {2}"schema": 1/],
    ['report.md', /^## How many nodes and brokers/],
    ['figures.csv', /^startedAt,workload/],
    ['junit.xml', /<testsuites name="bench plan"/],
    ['cores.png', /PNG/],
  ])('has %s, though no such file is there', async (name, words) => {
    const { status, body } = await get(`/planned/${name}`);
    expect([status, body]).toEqual([200, expect.stringMatching(words)]);
  });
});

describe('a report of bench serve', () => {
  it.each([
    ['report.html', 'text/html', /<h1[^>]*>.*hashed/],
    ['result.json', 'application/json', /^\{\n {2}"schema": 1/],
    ['report.md', 'text/markdown', /^## ✓ `hashed`: pass/],
    ['figures.csv', 'text/csv', /^run,startedAt/],
    ['junit.xml', 'application/xml', /<testsuites/],
    ['nodes.png', 'image/png', /PNG/],
  ])('%s is made of the record, though no such file is there', async (name, type, words) => {
    const { status, headers, body } = await get(`/one/${name}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toContain(type);
    expect(body).toMatch(words);
  });

  it('of a comparison leads to those of its runs; latest leads to where it points', async () => {
    expect((await get('/compared/report.html')).body).toContain('<a href="hashed/report.html">');
    expect((await get('/compared/hashed/report.html')).status).toBe(200);
    const latest = await get('/latest/report.html');
    expect([latest.status, latest.headers.location]).toEqual([302, '/two/report.html']);
  });

  it('of a broken record says why', async () => {
    const { status, body } = await get('/half/report.html');
    expect(status).toBe(500);
    expect(body).toContain('half/result.json is cut off at byte 900');
  });
});

describe('two results beside each other', () => {
  it('with the same workload are compared, each leading to its report', async () => {
    const { status, body } = await get('/compare?of=one&of=two');
    expect(status).toBe(200);
    expect(body).toContain('The same workload');
    expect(body).toContain('<a href="/one/report.html">hashed (one)</a>');
    expect(body).toContain('<a href="/two/report.html">hashed (two)</a>');
    expect(body).toMatch(/embedded broker<\/th><td class="words">✗ no/);
  });

  it('with different ones say first what differs', async () => {
    const { body } = await get('/compare?of=one&of=rooms');
    expect(body).toContain('Not the same workload');
    expect([...body.matchAll(/<li><strong>([^<]*)<\/strong>: ([^<]*)<\/li>/g)].map(([, name, values]) => [name, values])).toEqual([
      ['scenario', 'direct · rooms'],
      ['seed', '7 · 8'],
    ]);
  });

  it('may be comparisons', async () => {
    const { status, body } = await get('/compare?of=compared&of=one');
    expect(status).toBe(200);
    expect(body).toContain('<a href="/compared/lossy/report.html">lossy</a>');
  });

  it.each(['of=one', 'of=one&of=two&of=rooms', 'of=one&of=one', 'of=one&of=nowhere', 'of=one&of=..%2Foutside', ''])(
    'are two: %s is refused',
    async (query) => {
      const { status, body } = await get(`/compare?${query}`);
      expect(status).toBe(400);
      expect(body).toMatch(/Choose two different results|There is no result/);
    },
  );
});

describe('bench serve keeps to its folder', () => {
  it.each([
    '/../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/one/../../secret.json',
    '/one/..%2f..%2fsecret.json',
    '/one/%2e%2e%2f%2e%2e%2foutside/result.json',
    '/..%5c..%5csecret.json',
    '//etc/passwd',
    '/%00/result.json',
    '/one/result.json%00.html',
    '/%',
    '/one/plan.json',
    '/notes/thesis.txt',
    '/notes/',
    '/one/',
    '/one',
    '/away/result.json',
    '/.git/config',
    'http://evil.example/one/report.html',
  ])('%s is not there', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toMatch(/secret|root:|mine/);
  });

  it('and follows no link out of it', async () => {
    expect((await get('/linked/result.json')).status).toBe(404);
    expect((await get('/')).body).not.toContain('/linked/');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const { status, headers } = await get('/', { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await get('/one/report.html', { method: 'HEAD' });
    expect([status, body]).toEqual([200, '']);
    expect(Number(headers['content-length'])).toBeGreaterThan(10_000);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example', 'user@127.0.0.1', '[::1'])(
    'is not asked for as %j, which a page from elsewhere could make lead here',
    async (host) => {
      expect((await get('/', { host })).status).toBe(421);
    },
  );

  it.each(['localhost', 'LOCALHOST:1234', '127.0.0.1', '[::1]:80'])('is asked for as %s', async (host) => {
    expect((await get('/', { host })).status).toBe(200);
  });

  it.each(['/', '/one/report.html', '/one/result.json', '/one/junit.xml', '/compare?of=one&of=two', '/nowhere', '/latest/report.html'])(
    '%s has a policy and is kept by nobody',
    async (path) => {
      const { headers } = await get(path);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    },
  );
});

describe('the command', () => {
  it('prints its URL, answers there, and ends with Ctrl-C', async () => {
    const running = start(['serve', '--results', results]);
    await running.said('Ctrl-C ends it');
    const url = running.printed().trim();
    expect((await fetch(url)).status).toBe(200);
    running.process.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
  });

  it('ends with 69 where the port is taken, with 64 where there is no folder', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port: taken } = other.address() as AddressInfo;
    const refused = await bench(['serve', '--results', results, '--port', String(taken)]);
    other.close();
    expect(refused.stderr).toContain(`port ${taken} of 127.0.0.1 is taken: name another with --port`);
    expect(refused.code).toBe(69);
    const nowhere = await bench(['serve', '--results', join(folder.path, 'nowhere')]);
    expect(nowhere.stderr).toMatch(/cannot open .*nowhere.*--results/);
    expect(nowhere.code).toBe(64);
  });
});
