import { expect, it } from 'vitest';
import { distributionOf, Latency } from '../measure/latency.js';
import type { Result } from '../measure/result.js';
import { htmlReporter } from './html.js';
import { samplePlan } from './testing/sample.js';
import { wholeResult } from './testing/samplePages.js';

/** 30 minutes, 15,000 users, 40 nodes: as many steps as a run can have, and times spread over everything from 10 µs to a minute. */
function longResult(): Result {
  const result = wholeResult(300);
  const nodes = Array.from(
    { length: 40 },
    (_, index) => ({ ...result.nodes[index % result.nodes.length], id: `n${index}` }) as Result['nodes'][number],
  );
  const latency = new Latency();
  for (let index = 1; index < 200_000; index++) latency.add(0.01 * 6_000_000 ** (index / 200_000));
  const distribution = distributionOf(latency);
  const everywhere = { all: distribution, sameNode: distribution, crossNode: distribution };
  const plan = { ...samplePlan, size: { ...samplePlan.size, nodes: 40, users: 15_000, seconds: 1800 } };
  return {
    ...result,
    plan,
    nodes,
    latencyMs: { ...result.latencyMs, response: everywhere, service: everywhere, generatorLag: distribution },
  };
}

it('the page of half an hour of 15,000 users is made in under 5 s and stays under 1.5 MB, its raw data included', async () => {
  const result = longResult();
  const begun = process.cpuUsage();
  const [file] = await htmlReporter.render([result]);
  const { user } = process.cpuUsage(begun);
  const page = String(file?.content);
  expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
  expect(page).toContain('download="result.json" href="data:application/json;base64,');
  expect(user / 1e6).toBeLessThan(5);
});
