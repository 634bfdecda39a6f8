import { describe, expect, it } from 'vitest';
import type { Result } from '../../measure/result.js';
import { loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import type { Size } from '../../routing/types.js';
import { runModelled } from '../../run/modelled.js';
import { simulatedPlan } from '../../run/simulated/testing/plans.js';
import { verdictOf } from '../../verdict/verdict.js';
import { sampleResult } from '../testing/sample.js';
import { topologySection } from './topology.js';

async function resultOf(name: string, size: Partial<Size> = {}): Promise<Result> {
  const standard = { nodes: 4, brokers: 3, users: 400, ratePerSecond: 10, seconds: 1, bytes: 64 };
  const plan = await simulatedPlan(name, name === 'node-cluster' ? 'topic' : 'direct', { size: { ...standard, ...size } });
  const measured = await runModelled(plan, await loadStrategy(plan.strategy), await loadScenario(plan.scenario));
  return { ...measured, verdict: verdictOf(measured) };
}

/** How many lines of each kind are drawn, and between how many boxes of each role. */
function drawn(result: Result) {
  const { text } = topologySection(result, 'en').body;
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return {
    connections: count(/<line class="connection"/g),
    peers: count(/<(line|path) class="peer"/g),
    relays: count(/<(line|path) class="relay"/g),
    boxes: [...text.matchAll(/<g class="(\w+)"/g)].map(([, role]) => role).join(' '),
  };
}

function captionOf(result: Result): string {
  return /<figcaption>(.*)<\/figcaption>/.exec(topologySection(result, 'en').body.text)?.[1] ?? '';
}

const four = 'node node node node';
const three = 'broker broker broker';

describe('the picture of the topology', () => {
  it.each([
    ['hashed', { connections: 12, peers: 0, relays: 0, boxes: `${four} ${three}` }],
    ['redis-cluster', { connections: 12, peers: 0, relays: 3, boxes: `${four} ${three}` }],
    ['mesh-replicated', { connections: 0, peers: 6, relays: 0, boxes: four }],
    ['directory-hash', { connections: 0, peers: 6, relays: 0, boxes: four }],
    ['mesh-master', { connections: 4, peers: 6, relays: 0, boxes: `${four} directory` }],
    ['node-inbox', { connections: 12, peers: 6, relays: 0, boxes: `${four} ${three}` }],
    ['node-cluster', { connections: 4, peers: 0, relays: 0, boxes: `${four} broker` }],
    ['single-server', { connections: 0, peers: 0, relays: 0, boxes: 'node' }],
  ])('of %s has the lines that there are, and no others', async (name, expected) => {
    expect(drawn(await resultOf(name))).toEqual(expected);
  });

  it('says of each what its lines are', async () => {
    expect(captionOf(await resultOf('redis-cluster'))).toContain('A dashed curve joins brokers of which one hands on to the other');
    expect(captionOf(await resultOf('mesh-master'))).toMatch(
      /Each of 4 nodes is connected to the directory\. All nodes are connected to each/,
    );
    expect(captionOf(await resultOf('address-book'))).toContain('to each of 3 brokers and to the directory. A directory answers');
    expect(captionOf(await resultOf('single-server'))).toBe('1 node without a broker apart.');
    expect(captionOf(sampleResult())).toMatch(/^Each of 4 nodes is connected to each of 3 brokers\. The rooms are kept in a store/);
  });

  it('has a room store only where one ran', async () => {
    expect(drawn(sampleResult()).boxes).toBe(`${four} ${three} store`);
    const modelled = topologySection(await resultOf('hashed'), 'en');
    expect(modelled.title).toBe('What was modelled');
    expect(modelled.body.text).not.toMatch(/room store|version not known/);
    expect(modelled.body.text).toContain('No process ran');
  });

  it('stays readable among many, of which a model lists none', async () => {
    const [mesh, cluster] = [
      await resultOf('mesh-replicated', { nodes: 200 }),
      await resultOf('redis-cluster', { nodes: 200, brokers: 50 }),
    ];
    expect(mesh.nodes).toEqual([]);
    expect(drawn(mesh)).toEqual({ connections: 0, peers: 15, relays: 0, boxes: `${four} node more` });
    expect(captionOf(mesh)).toContain('200 nodes without a broker apart. All nodes are connected to each other');
    expect(drawn(cluster)).toEqual({ connections: 36, peers: 0, relays: 15, boxes: `${four} node more ${three} broker broker more` });
  });
});
