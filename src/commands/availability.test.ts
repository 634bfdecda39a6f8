import { describe, expect, it } from 'vitest';
import { planOf } from '../plan/plan.js';
import { loadScenario } from '../plan/scenarios.js';
import type { Plan } from '../plan/types.js';
import type { Strategy } from '../routing/types.js';
import { availabilityOf, checkServers } from './availability.js';
import { bench, noServers, temporaryFolder } from './testing/bench.js';

interface Kind {
  readonly kind: string;
  readonly facts?: { readonly brokersMax: number };
  missing(): string | undefined;
  attach?(url: string): Promise<string>;
}

/** A machine on which bench speaks to these kinds. */
function only(...kinds: readonly Kind[]): (kind: string) => Promise<Kind | undefined> {
  return async (name) => kinds.find(({ kind }) => kind === name);
}

const known = only(
  { kind: 'redis', missing: () => undefined },
  { kind: 'pigeon', missing: () => 'there is no pigeon-server; apt-get install pigeons' },
);

function strategy(kinds: readonly string[], more: Partial<Strategy> = {}): Strategy {
  const place = { broker: 'b0', channel: 'all' };
  const brokers = () => kinds.map((kind, index) => ({ id: `b${index}`, kind }));
  return {
    name: 'mine',
    title: 'Mine',
    summary: 'mine',
    brokers,
    route: () => ({ subscribe: () => [place], publish: () => [place] }),
    ...more,
  };
}

async function planFor(of: Strategy, attach: Plan['attach'] = { brokers: null, store: null }): Promise<Plan> {
  const scenario = await loadScenario('direct');
  const asked = { strategy: of, strategyFile: null, options: {}, scenario, sizeName: 'smoke', size: {}, rooms: 'members' } as const;
  return planOf({ ...asked, seed: 1, run: 'r', workers: 1, attach, command: '' });
}

describe('what a strategy needs', () => {
  it('is known by the kinds of its brokers, and by the links of a mesh', async () => {
    expect(await availabilityOf(strategy(['redis', 'redis']), known)).toEqual({ kinds: ['redis'], missing: null });
    expect((await availabilityOf(strategy(['redis'], { mesh: true }), known)).kinds).toEqual(['redis', 'node']);
    expect(await availabilityOf(strategy([]), known)).toEqual({ kinds: [], missing: null });
  });

  it('is said with what to install, for each kind that is missing; a kind that nobody speaks to crashes nothing', async () => {
    expect((await availabilityOf(strategy(['redis', 'pigeon']), known)).missing).toBe('there is no pigeon-server; apt-get install pigeons');
    expect((await availabilityOf(strategy(['smoke', 'pigeon']), known)).missing).toMatch(
      /brokers of kind "smoke"; a strategy may list brokers of these kinds: redis, .*; there is no pigeon-server/,
    );
  });

  it('is asked of the size that it can run', async () => {
    const fit: Strategy['fit'] = (size) => ({ ...size, brokers: 0 });
    const brokers: Strategy['brokers'] = (size) => Array.from({ length: size.brokers }, () => ({ id: 'b', kind: 'pigeon' }));
    expect(await availabilityOf(strategy([], { fit, brokers }), known)).toEqual({ kinds: [], missing: null });
  });

  it('is no more brokers of a kind than one run can have', async () => {
    const single = only({ kind: 'pigeon', facts: { brokersMax: 1 }, missing: () => undefined });
    const [alone, three] = [strategy(['pigeon']), strategy(['pigeon', 'pigeon', 'pigeon'])];
    await checkServers(alone, await planFor(alone), single);
    const words = 'strategy mine lists 3 brokers of kind pigeon, which runs on 1; list no more of them';
    await expect(checkServers(three, await planFor(three), single)).rejects.toThrow(
      expect.objectContaining({ fault: 'usage', message: words }),
    );
  });

  it.each(['redis-adapter', 'redis-sharded-adapter', 'redis-streams-adapter', 'node-cluster'])('is one broker of kind %s', async (kind) => {
    const two = strategy([kind, kind]);
    await expect(checkServers(two, await planFor(two))).rejects.toMatchObject({ fault: 'usage' });
  });

  it('stops a run that lacks it, unless the servers are given', async () => {
    const pigeon = strategy(['pigeon', 'pigeon', 'pigeon']);
    const words = 'strategy mine cannot run here: there is no pigeon-server; apt-get install pigeons';
    const plan = await planFor(pigeon);
    await expect(checkServers(pigeon, plan, known)).rejects.toThrow(expect.objectContaining({ fault: 'unavailable', message: words }));
    const attached = await planFor(pigeon, { brokers: ['a', 'b', 'c'], store: null });
    const attach = async () => 'the pigeon at home';
    await checkServers(pigeon, attached, only({ kind: 'pigeon', missing: () => 'none is installed', attach }));
  });

  it('leaves no use for servers of another kind, which is said; without brokers they do no harm', async () => {
    const given = { brokers: ['a', 'b', 'c'], store: null };
    const smoke = strategy(['smoke', 'smoke', 'smoke']);
    const here = only({ kind: 'smoke', missing: () => undefined });
    const words = '--redis is of no use to strategy mine: it runs on smoke, which bench starts by itself; leave --redis out';
    const plan = await planFor(smoke, given);
    await expect(checkServers(smoke, plan, here)).rejects.toThrow(expect.objectContaining({ fault: 'usage', message: words }));
    const alone = strategy([], { mesh: true, fit: (size) => ({ ...size, brokers: 0 }) });
    const without = await planFor(alone, given);
    await checkServers(alone, without, only({ kind: 'node', missing: () => undefined }));
  });
});

describe('on a machine without servers', () => {
  it('list and doctor agree on what can run, and a run of anything else ends with 69 before it starts', async () => {
    const folder = temporaryFolder();
    const here = { env: noServers, cwd: folder.path };
    const listed = JSON.parse((await bench(['list', '--json'], here)).stdout) as { strategies: { name: string; missing: string | null }[] };
    const examined = JSON.parse((await bench(['doctor', '--json'], here)).stdout) as { what: string; install: string | null }[];
    const said = examined.filter(({ what }) => what.startsWith('Strategy ')).map(({ what, install }) => [what.slice(9), install]);
    expect(said).toEqual(listed.strategies.map(({ name, missing }) => [name, missing]));
    expect(listed.strategies.find(({ name }) => name === 'hashed')?.missing).toBeNull();
    for (const { name, missing } of listed.strategies.filter((strategy) => strategy.missing !== null)) {
      const { code, stderr } = await bench(['run', '--strategy', name], here);
      expect({ name, code }).toEqual({ name, code: 69 });
      expect(stderr).toContain(missing);
      expect(stderr).not.toContain('starting');
    }
    folder.remove();
  });
});
