import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench, preloading, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

/** A strategy file with a body of `publish`. */
function strategy(name: string, publish: string): string {
  return `import { hash } from 'bench/routing';
export default {
  name: '${name}', title: 'Mine', summary: 'mine',
  brokers: (size) => Array.from({ length: size.brokers }, (_, i) => ({ id: 'r' + (i + 1), kind: 'redis' })),
  route: (topology) => ({
    subscribe: (topic) => [{ broker: topology.brokers[hash(topic) % topology.brokers.length].id, channel: topic }],
    publish: (topic) => { ${publish} },
  }),
};`;
}

const home = 'return [{ broker: topology.brokers[hash(topic) % topology.brokers.length].id, channel: topic }];';

describe('wrong usage ends with 64 and says what to do', () => {
  it.each([
    ['no command', [], /Usage: bench/],
    ['an unknown command', ['rnu'], /unknown command 'rnu'[\s\S]*Did you mean run\?/],
    ['an unknown flag', ['run', '--strategy', 'hashed', '--node', '3'], /unknown option '--node'[\s\S]*Did you mean --nodes\?/],
    ['no strategy', ['run'], /required option '--strategy/],
    ['an unknown strategy', ['run', '--strategy', 'hashd'], /hashd.*did you mean hashed\?/],
    ['a name that is not near any', ['run', '--strategy', 'nope'], /there is no strategy nope\. There are: .*hashed.*like \.\/mine\.ts/],
    ['an empty name', ['run', '--strategy', ''], /there is no strategy ""\. There are: /],
    ['one strategy twice', ['run', '--strategies', 'hashed,ring,hashed'], /called hashed: leave one out/],
    [
      'servers that the strategy has no use for',
      ['run', '--strategy', 'nats', '--redis', 'redis://x'],
      /--redis is of no use to strategy nats/,
    ],
    ['an unknown scenario', ['run', '--strategy', 'hashed', '--scenario', 'romms'], /romms.*did you mean rooms\?/],
    ['an unknown option', ['run', '--strategy', 'grouped', '--option', 'group=2'], /group.*groups/],
    ['an option that is no number', ['run', '--strategy', 'grouped', '--option', 'groups=two'], /groups/],
    ['an option without a value', ['run', '--strategy', 'grouped', '--option', 'groups'], /name=value/],
    ['zero nodes', ['run', '--strategy', 'hashed', '--nodes', '0'], /--nodes.*whole number from 1/],
    ['half a node', ['run', '--strategy', 'hashed', '--nodes', '1.5'], /--nodes.*whole number/],
    ['a duration that is none', ['run', '--strategy', 'hashed', '--duration', 'soon'], /--duration.*10s/],
    ['a rate that is none', ['run', '--strategy', 'hashed', '--rate', '-1'], /--rate/],
    ['fewer users than nodes', ['run', '--strategy', 'hashed', '--nodes', '8', '--users', '4'], /--users 4 is fewer than --nodes 8/],
    ['a room form that is none', ['run', '--strategy', 'hashed', '--rooms', 'both'], /members, topic/],
    ['a URL that is none', ['run', '--strategy', 'hashed', '--redis', 'http://user:hunter2@x'], /--redis: address 1 is no redis:\/\//],
    [
      'more brokers than servers',
      ['run', '--strategy', 'hashed', '--redis', 'redis://x', '--brokers', '2'],
      /--brokers 2 does not go with the 1 of --redis/,
    ],
    [
      'a store that is a broker',
      ['run', '--strategy', 'hashed', '--redis', 'redis://x:1', '--store', 'redis://:hunter2@x:1'],
      /--store names one of the servers of --redis/,
    ],
    ['too few servers', ['run', '--strategy', 'grouped', '--redis', 'redis://x:1'], /grouped runs with 2 Redis here, and --redis names 1/],
    ['a port that is none', ['run', '--strategy', 'hashed', '--control-port', '70000'], /port from 0 to 65535/],
    ['messages too long for a node', ['run', '--strategy', 'hashed', '--bytes', '70000'], /--bytes 70000 is more than half/],
    ['not one message', ['run', '--strategy', 'hashed', '--rate', '1', '--duration', '0.2s'], /is not one message/],
    ['messages too short for their numbers', ['run', '--strategy', 'hashed', '--bytes', '10'], /messages of 10 bytes.*bytes are the least/],
    ['a strategy file that is missing', ['run', '--strategy', './nowhere.ts'], /nowhere\.ts/],
    ['two forms of a list', ['list', '--json', '--markdown'], /'--markdown' cannot be used with option '--json'/],
    ['a result that is missing', ['report', 'nowhere'], /there is no nowhere/],
  ])('%s', async (_case, args, words) => {
    const { code, stderr, stdout } = await bench(args, { cwd: folder.path });
    expect(stderr).toMatch(words);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).not.toContain('hunter2');
  });

  it('a strategy file whose name is not the strategy', async () => {
    const { code, stderr } = await bench(['run', '--strategy', file('other.ts', strategy('mine', home))]);
    expect(stderr).toMatch(/other.*mine|mine.*other/);
    expect(code).toBe(64);
  });

  it.each([
    ['Math.random', 'impure-draw', `Math.random(); ${home}`],
    ['Date', 'impure-clock', `Date.now(); ${home}`],
  ])('a strategy that calls %s', async (what, name, body) => {
    const { code, stderr } = await bench(['run', '--strategy', file(`${name}.ts`, strategy(name, body))]);
    expect(stderr).toContain(what);
    expect(code).toBe(64);
  });

  it('a strategy that loses messages', async () => {
    const { code, stderr } = await bench(['run', '--strategy', file('lossy.js', strategy('lossy', 'return [];'))]);
    expect(stderr).toMatch(/lossy/);
    expect(code).toBe(64);
  });

  it('a strategy file that is no program', async () => {
    const { code, stderr } = await bench(['run', '--strategy', file('broken.ts', 'export default {')]);
    expect(stderr).toMatch(/broken\.ts/);
    expect(code).toBe(64);
  });

  it('an --out that holds something already, which is left alone', async () => {
    const out = join(folder.path, 'precious');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.txt'), 'mine');
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--out', out]);
    expect(stderr).toMatch(/precious is not empty.*--out/);
    expect(code).toBe(64);
    expect(readdirSync(out)).toEqual(['thesis.txt']);
  });
});

it('an empty variable of the environment is one that is not set', async () => {
  const { stderr } = await bench(['run', '--strategy', 'nope'], { cwd: folder.path, env: { BENCH_REDIS: '', BENCH_STORE: '' } });
  expect(stderr).toMatch(/there is no strategy nope/);
});

describe('what cannot run ends with 69 and says what to do', () => {
  const server = createServer((_request, response) => response.end('I am no Redis'));
  let port: number;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
  });

  it('a Redis that is not there', async () => {
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--redis', 'redis://:hunter2@127.0.0.1:1'], { cwd: folder.path });
    expect(stderr).toMatch(/127\.0\.0\.1:1/);
    expect(stderr).not.toContain('hunter2');
    expect(code).toBe(69);
  });

  it('something else that listens where Redis should', async () => {
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--redis', `redis://127.0.0.1:${port}`], { cwd: folder.path });
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(code).toBe(69);
  });

  it('a result that is cut off, or of another version', async () => {
    const cut = await bench(['report', file('result.json', '{"schema": 1, "source": "li')]);
    expect(cut.stderr).toMatch(/result\.json.*cut off/);
    expect(cut.code).toBe(69);
    const old = await bench(['report', file('old.json', '{"schema": 99}')]);
    expect(old.stderr).toMatch(/schema 99/);
    expect(old.code).toBe(69);
  });

  it('a port in use', async () => {
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--control-port', String(port)], { cwd: folder.path });
    expect(stderr).toContain(`cannot listen on 127.0.0.1:${port}`);
    expect(code).toBe(69);
  });

  it('a machine without a temporary folder', async () => {
    const { code, stderr } = await bench(['run', '--strategy', 'hashed'], { cwd: folder.path, env: { TMPDIR: '/nonexistent' } });
    expect(stderr).toMatch(/temporary folder in \/nonexistent; set TMPDIR/);
    expect(code).toBe(69);
  });

  it('a folder for pages that cannot be made, said once', async () => {
    const { code, stderr } = await bench(['list', '--pages', join(file('no-folder', ''), 'pages')]);
    expect(stderr.match(/EEXIST/g)).toEqual(['EEXIST']);
    expect(code).toBe(69);
  });

  it('an --out that cannot be written', async () => {
    const blocked = file('a-file', 'not a folder');
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--out', join(blocked, 'out')], { cwd: folder.path });
    expect(stderr).toMatch(/--out/);
    expect(code).toBe(69);
  });
});

describe('whoever should read it', () => {
  const cli = resolve('dist/src/cli.js');
  const inShell = (script: string) => spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: folder.path });

  it('has gone: what was asked for is done all the same', () => {
    const { stdout } = inShell(`"${process.execPath}" "${cli}" list | true; echo "\${PIPESTATUS[0]}"`);
    expect(stdout).toBe('0\n');
    const run = `"${process.execPath}" "${cli}" run --strategy single-server --duration 0.5s --warm-up 0 --json`;
    expect(inShell(`${run} 2>&1 >kept.json | true; echo "\${PIPESTATUS[0]}"`).stdout).toBe('0\n');
    expect(JSON.parse(readFileSync(join(folder.path, 'kept.json'), 'utf8'))).toMatchObject({ verdict: { status: 'pass' } });
  });

  it.runIf(existsSync('/dev/full'))('has no room for it: that is said, and is no bug', () => {
    const { stderr, status } = inShell(`"${process.execPath}" "${cli}" list >/dev/full`);
    expect(stderr).toMatch(/^bench: cannot write to standard output \(ENOSPC.*\); send it elsewhere\n$/);
    expect(status).toBe(69);
  });
});

it('an error that nobody caught ends with 70, not with the 1 of a run that was judged and failed', async () => {
  const bug = "setInterval(()=>{if(process.title==='bench')throw new Error('boom')},100).unref()";
  const env = preloading(bug);
  const { code, stderr } = await bench(['run', '--strategy', 'single-server', '--duration', '1s', '--warm-up', '0'], {
    cwd: folder.path,
    env,
  });
  expect(stderr).toMatch(/this is a bug in bench itself[\s\S]*boom/);
  expect(code).toBe(70);
});

describe('the built command', () => {
  it('can be executed, or npx finds it only the first time', () => {
    expect(statSync('dist/src/cli.js').mode & 0o111).toBe(0o111);
  });

  it('stays where it is when the first npx on a machine builds it again', () => {
    const before = statSync('dist/src/cli.js').ino;
    const env = { ...process.env, npm_config_cache: join(folder.path, 'npm-cache') };
    const { stdout } = spawnSync('npx', ['bench', '--version'], { env, encoding: 'utf8' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(statSync('dist/src/cli.js').ino).toBe(before);
  });
});

describe('what only tells', () => {
  it('--help ends with 0 and shows examples, for bench and for every command', async () => {
    for (const args of [['--help'], ['run', '--help'], ['list', '--help'], ['report', '--help'], ['doctor', '--help']]) {
      const { code, stdout } = await bench(args);
      expect(stdout).toMatch(/Examples:/);
      expect(code).toBe(0);
    }
  });

  it('list names every file of strategies/ and scenarios/', async () => {
    const { stdout } = await bench(['list', '--json']);
    const listed = JSON.parse(stdout) as { strategies: { name: string }[]; scenarios: { name: string }[] };
    const names = (place: string) =>
      readdirSync(place)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => name.slice(0, -3))
        .sort();
    expect(listed.strategies.map(({ name }) => name)).toEqual(names('strategies'));
    expect(listed.scenarios.map(({ name }) => name)).toEqual(names('scenarios'));
  });

  it('the tables of the README are those of list --markdown', async () => {
    const { stdout } = await bench(['list', '--markdown']);
    expect(readFileSync('README.md', 'utf8')).toContain(stdout.trim());
  });

  it('doctor says what is there and what to install', async () => {
    const { code, stdout } = await bench(['doctor', '--json'], { env: { PATH: '/nonexistent' } });
    const findings = JSON.parse(stdout) as { what: string; found: string | null; use: string; install: string | null }[];
    const redis = findings.find(({ what }) => what === 'Redis');
    expect(redis).toMatchObject({ found: null });
    expect(redis?.install).toContain('apt-get install redis-server');
    for (const [program, install, strategies] of [
      ['RabbitMQ', 'apt-get install rabbitmq-server', 'rabbitmq, rabbitmq-hash'],
      ['NATS', 'apt-get install nats-server', 'nats'],
    ] as const) {
      const finding = findings.find(({ what }) => what === program);
      expect(finding).toMatchObject({ found: null, install: expect.stringContaining(install), use: expect.stringContaining(strategies) });
    }
    expect(findings.find(({ what }) => what === 'Node.js')?.found).toBe(process.version);
    expect(code).toBe(0);
  });
});

describe('the README', () => {
  const readme = readFileSync('README.md', 'utf8');

  /** The file that it shows, written down. */
  function shown(kind: 'Strategy' | 'Scenario'): string {
    const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    const text = blocks.find((block) => block.includes(kind)) ?? '';
    return file(/^\/\/ ([\w-]+\.ts):/.exec(text)?.[1] ?? '', text);
  }

  it('shows a scenario that runs as it stands', async () => {
    const out = join(folder.path, 'scenario-from-readme');
    const size = ['--nodes', '2', '--users', '20', '--duration', '0.5s', '--warm-up', '0'];
    const { code, stderr } = await bench(['run', '--strategy', 'hashed', '--scenario', shown('Scenario'), ...size, '--out', out]);
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
    expect(resultIn(out).counts).toMatchObject({ sent: 50, delivered: 50 });
  });

  it('shows a strategy that runs as it stands', async () => {
    const out = join(folder.path, 'from-readme');
    const size = ['--nodes', '2', '--users', '20', '--rate', '50', '--duration', '1s', '--warm-up', '0'];
    const { code, stderr } = await bench(['run', '--strategy', shown('Strategy'), ...size, '--out', out]);
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
    expect(resultIn(out).plan.command).toMatch(/ --scenario direct --size smoke .* --rooms members --workers 1 --driver raw --seed 1$/);
    expect(readdirSync(out).sort()).toEqual(['brokers.png', 'nodes.png', 'plan.json', 'report.html', 'result.json']);
  });

  it('names only files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});
