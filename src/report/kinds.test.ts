import { describe, expect, it } from 'vitest';
import type { BrokerResult, Result } from '../measure/result.js';
import { transportKindNames } from '../transports/index.js';
import { brokersInWords, kindInWords, kindNames, sizesInWords } from './describe.js';
import { htmlReporter } from './html.js';
import { renderTerminal } from './terminal.js';
import { sampleResult } from './testing/sample.js';

async function texts(result: Result): Promise<{ readonly terminal: string; readonly page: string }> {
  const [file] = await htmlReporter.render([result]);
  const page = String(file?.content).replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
  return { terminal: renderTerminal(result, { colour: false, width: 100 }), page };
}

function withBrokers(brokers: readonly Partial<BrokerResult>[], apart: readonly string[], more: Partial<Result> = {}): Result {
  const result = sampleResult();
  const [like] = result.brokers;
  const all = brokers.map((broker) => ({ ...like, ...broker }) as BrokerResult);
  const topology = { ...result.plan.topology, brokers: all.filter(({ id }) => apart.includes(id)).map(({ id, kind }) => ({ id, kind })) };
  return { ...result, plan: { ...result.plan, topology }, brokers: all, ...more };
}

describe('a kind of broker', () => {
  it.each(transportKindNames)('%s has a name that people use, for one and for several', (kind) => {
    expect(Object.keys(kindNames)).toContain(kind);
    for (const count of [1, 3]) expect(kindInWords(kind, count)).toMatch(/^[A-Za-z]+( [A-Za-z]+)*$/);
  });
});

describe('brokers of other kinds', () => {
  it('are named by what they are', () => {
    const apart = ['r1', 'r2', 'master'];
    const mixed = withBrokers([{ id: 'r1' }, { id: 'r2' }, { id: 'master', kind: 'hub' }], apart);
    expect(brokersInWords(mixed)).toBe('2 Redis and 1 hub');
    expect(brokersInWords(withBrokers([{ id: 'q', kind: 'rabbitmq' }], ['q']))).toBe('1 RabbitMQ');
    expect(brokersInWords(withBrokers([{ id: 'p', kind: 'pigeon' }], ['p']))).toBe('1 pigeon');
  });

  it('of several kinds stand in one table that says which is what', async () => {
    const { terminal, page } = await texts(withBrokers([{ id: 'r1' }, { id: 'master', kind: 'hub' }], ['r1', 'master']));
    expect(terminal).toMatch(/Load per broker\n +broker +kind/);
    expect(terminal).toMatch(/master +hub +█/);
    expect(page).toContain('<td class="words">hub</td>');
  });

  it('of one kind give the table their name', async () => {
    const { terminal, page } = await texts(withBrokers([{ id: 'nats', kind: 'nats' }], ['nats']));
    expect(terminal).toMatch(/Load per NATS\n +NATS /);
    expect(page).toContain('Load per NATS');
  });

  it('that relay show it', async () => {
    const result = withBrokers([{ id: 'c1', kind: 'redis-cluster', relayed: 1234 }], ['c1']);
    expect((await texts(result)).terminal).toMatch(/relayed[\s\S]*1,234/);
  });

  it('that do not say a figure are shown with the reason', async () => {
    const why = 'XREAD counts entries, not messages';
    const result = withBrokers([{ id: 'r1', out: null }], ['r1'], { unknowns: { 'brokers.r1.out': why } });
    const { terminal, page } = await texts({ ...result, amplification: null });
    expect(terminal).toContain(`Not known: brokers.r1.out (${why})`);
    expect(page).toContain(`aria-label="not known: ${why}"`);
  });
});

const meshed = ['n0', 'n1', 'n2', 'n3'].map((id) => ({ id, kind: 'node', origin: null, channels: null, memoryBytes: null }));
const master = { id: 'master', kind: 'hub', in: 100, out: 100 };

describe('a mesh', () => {
  it('says that its nodes speak to each other, and draws no node twice', async () => {
    const result = withBrokers(meshed, []);
    expect(sizesInWords(result)).toBe('4 nodes that speak to each other, no broker, 400 users');
    const { terminal, page } = await texts(result);
    expect(terminal).toMatch(/Load per node\n[\s\S]*Load per node as broker: /);
    expect(page).toContain('4 nodes without a broker apart. All nodes are connected to each other');
    expect(page.match(/class="name">n0</g)).toHaveLength(1);
    expect(page).not.toContain('Each broker as a process');
  });

  it('shows what came straight from other nodes apart from what each was asked', async () => {
    const { terminal, page } = await texts(
      withBrokers(
        meshed.map((node) => ({ ...node, in: 33, out: 31, hops: 30 })),
        [],
      ),
    );
    expect(terminal).toMatch(/node +from other nodes +asked +answered\n +n0 +█+ +30 +█+ +3 +1\n/);
    expect(terminal).toMatch(/= \(0 in \+ 0 out \+ 120 from node to node \+ 12 questions \+ 4 answers\) \/ 10,000\s+delivered/);
    expect(page).toContain('Nodes as brokers between start and drained');
    expect(page).toMatch(/\+ from node to node <?.*120/);
  });

  it('stands beside its master, which is the only broker apart', async () => {
    const { terminal, page } = await texts(
      withBrokers([master, ...meshed.map((node) => ({ ...node, in: 30, out: 30, hops: 30 }))], ['master']),
    );
    expect(terminal).toMatch(/Load per hub\n +hub [\s\S]*master [\s\S]*Load per node as broker/);
    expect(page).toContain('Load per hub');
    expect(page).toContain('Each broker as a process');
  });

  it('without a listed broker is a run without brokers', async () => {
    expect((await texts(withBrokers([], []))).terminal).toContain('No broker was used.');
  });
});

describe('a directory', () => {
  it('shows what it was asked, in its own words', async () => {
    const result = withBrokers([{ id: 'r1' }, master], ['r1', 'master']);
    const [redis, directory] = result.plan.topology.brokers;
    const brokers = [redis, { ...directory, directoryOnly: true }] as Result['plan']['topology']['brokers'];
    const plan = { ...result.plan, topology: { ...result.plan.topology, brokers } };
    const { terminal, page } = await texts({ ...result, plan });
    expect(terminal).toMatch(/Directory: 100 messages taken in by it .* 100 given\s+out/);
    expect(page).toContain('questions');
  });

  it('that nobody asked is not spoken of', async () => {
    expect((await texts(sampleResult())).terminal).not.toContain('Directory');
  });
});

describe('a part of the verdict that no limit asks for', () => {
  it('is not judged, and says so in the terminal and on the page', async () => {
    const result = sampleResult();
    const { responseMsP99: _, ...limits } = result.plan.limits;
    const late = { status: 'unknown' as const, reasons: ['the generator was late'] };
    const plan = { ...result.plan, limits };
    const unjudged = { ...result, plan, verdict: { ...result.verdict, parts: { ...result.verdict.parts, load: late } } };
    const { terminal, page } = await texts(unjudged);
    expect(terminal).toContain('✓ delivery   ✓ accounting   – latency: not judged   – load: unknown, not judged');
    expect(page).toContain('latency: not judged');
    expect(page).not.toContain('latency: pass');
    expect((await texts(result)).terminal).toContain('✓ latency   ✓ load');
  });
});
