import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import type { Hop, Trace } from '../measure/traceSchema.js';
import { nodeIndex, userId } from '../plan/placement.js';
import { loadStrategy } from '../plan/strategies.js';
import type { Address, Routing } from '../routing/types.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { temporaryFolder } from './testing/bench.js';
import { playBatch, resultOf } from './testing/liveRuns.js';

const strategies = ['hashed', 'single-channel', 'directory-hash', 'redis-broadcast'] as const;
type Name = (typeof strategies)[number];

async function routingOf({ plan }: Result): Promise<Routing> {
  return (await loadStrategy(plan.strategy)).route(plan.topology, plan.strategy.options);
}

function whats(trace: Trace | undefined, what: Hop['what']): readonly Hop[] {
  return trace?.hops.filter((hop) => hop.what === what) ?? [];
}

/** Which nodes listen at an address because some user is connected there, by placement and routing alone. */
function listeners(routing: Routing, { plan }: Result, { broker, channel }: Address): readonly string[] {
  const { nodes } = plan.topology;
  const users = Array.from({ length: plan.size.users }, (_, user) => user);
  const listening = users.flatMap((user) => {
    const node = nodes[nodeIndex(user, 0, nodes.length)] ?? '';
    const isThere = (address: Address) => address.broker === broker && address.channel === channel;
    return routing.subscribe(`u:${userId(user)}`, node).some(isThere) ? [node] : [];
  });
  return [...new Set(listening)];
}

describeWith(findServer('redis-server'), 'a message that is followed live', () => {
  const folder = temporaryFolder();
  const results = new Map<Name, Result>();
  const traceOf = (name: Name, kind: Trace['kind']) => results.get(name)?.traces?.find((trace) => trace.kind === kind);

  beforeAll(async () => {
    const batch = await playBatch(strategies, 'direct', folder.path);
    for (const name of strategies) results.set(name, resultOf(batch, name));
  }, 120_000);
  afterAll(() => folder.remove());

  it.each(strategies)('%s: is in no figure, and every client has seen its end', (name) => {
    const result = results.get(name);
    expect(result?.verdict.status).toBe('pass');
    expect(result?.counts.sent).toBe(200);
    expect(result?.unknowns.traces).toBeUndefined();
    const trace = traceOf(name, 'message');
    expect(whats(trace, 'delivered')).toMatchObject([{ at: trace?.to }]);
    expect(whats(trace, 'acknowledged')).toMatchObject([{ at: trace?.from, outcome: 'taken' }]);
    expect(trace?.clockErrorMs).toBeGreaterThan(0);
    expect(whats(traceOf(name, 'presence'), 'acknowledged')).toMatchObject([{ outcome: 'online' }]);
  });

  it.each(['hashed', 'single-channel'] as const)(
    '%s: is published where the strategy says, and comes to those who listen there',
    async (name) => {
      const [result, trace] = [results.get(name), traceOf(name, 'message')];
      if (result === undefined || trace === undefined) throw new Error(`${name} has no trace`);
      const routing = await routingOf(result);
      const [taken] = whats(trace, 'taken');
      const said = routing.publish(`u:${trace.to}`, { node: taken?.at ?? '', known: [], random: () => 0 });
      expect(whats(trace, 'published').map(({ to, channel }) => ({ broker: to, channel }))).toEqual(said);
      const everyone = said.flatMap((address) => listeners(routing, result, address));
      expect(everyone).toHaveLength(name === 'hashed' ? 1 : 4);
      const arrivals = [...whats(trace, 'received'), ...whats(trace, 'dropped')];
      expect(arrivals.map(({ at }) => at).sort()).toEqual(everyone.sort());
      expect(whats(trace, 'accepted')).toMatchObject([{ count: everyone.length }]);
    },
  );

  it('single-channel: shows the copies that nobody wanted, as many as there are other nodes', () => {
    const trace = traceOf('single-channel', 'message');
    expect(whats(trace, 'dropped')).toHaveLength(3);
    expect(whats(trace, 'received')).toMatchObject([{ at: whats(trace, 'written')[0]?.at }]);
    expect(whats(traceOf('hashed', 'message'), 'dropped')).toEqual([]);
  });

  it('directory-hash: shows the question to the directory and its answer, at both ends', async () => {
    const [result, trace] = [results.get('directory-hash'), traceOf('directory-hash', 'message')];
    if (result === undefined || trace === undefined) throw new Error('directory-hash has no trace');
    const [place] = (await routingOf(result)).directory?.(`u:${trace.to}`) ?? [];
    const [asker] = whats(trace, 'taken');
    expect(place).not.toBe(asker?.at);
    expect(whats(trace, 'asked')).toMatchObject([{ at: asker?.at, to: place }]);
    expect(whats(trace, 'questioned')).toMatchObject([{ at: place, from: asker?.at }]);
    expect(whats(trace, 'learned')).toMatchObject([{ at: asker?.at, from: place, count: 1 }]);
    expect(whats(trace, 'published')[0]?.to).toBe(whats(trace, 'delivered')[0]?.from);
  });

  it('redis-broadcast: shows what an adapter does as far as it is seen, and says what is not', () => {
    const trace = traceOf('redis-broadcast', 'message');
    expect(whats(trace, 'dropped')).toHaveLength(3);
    expect(whats(trace, 'written')).toMatchObject([{ count: 1 }]);
    expect(trace?.unknown.some((words) => words.includes('Socket.IO'))).toBe(true);
  });
});
