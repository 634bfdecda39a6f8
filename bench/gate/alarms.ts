/**
 * How often the statistical layer would raise an alarm over nothing: gates are made again and again from recorded A/A pairs (drawn with replacement, each
 * either way round) and judged as the gate does, with and without a calibration. `node dist/bench/gate/alarms.js
 * [gates] [slower] [pairs]`: with `slower` 0.15 head is made 15 % dearer, which gives the share that is found by a gate of so many pairs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { below, randomOf } from '../../src/plan/random.js';
import { comparedPairs, leastPairs } from '../../src/verdict/costGate.js';
import { type Limits, leastLimits, limitsFrom } from '../../src/verdict/limits.js';
import type { Pair, SideCost } from '../../src/verdict/pairs.js';

const place = new URL('../../../bench/results/', import.meta.url);
const lines = readFileSync(new URL('gate-pairs.jsonl', place), 'utf8').trim().split('\n');
const pairs = lines.map((line) => JSON.parse(line) as Pair);
const [gates = 4_000, slower = 0, pairsPerGate = leastPairs] = process.argv.slice(2).map(Number);

function turned(pair: Pair): Pair {
  return { ...pair, base: pair.head, head: pair.base };
}

function dearer(cost: SideCost): SideCost {
  return { ...cost, nodeUs: cost.nodeUs === null ? null : cost.nodeUs * (1 + slower) };
}

/** How many of the gates fail, and by which figures. */
function alarms(limits: Limits, name: string) {
  const random = randomOf(1, 'alarms', name);
  const by: Record<string, number> = {};
  let failed = 0;
  for (let gate = 0; gate < gates; gate++) {
    const drawn = Array.from({ length: pairsPerGate }, () => {
      const pair = pairs[below(pairs.length, random)] as Pair;
      const { head, ...rest } = random() < 0.5 ? pair : turned(pair);
      return { ...rest, head: dearer(head) };
    });
    const failing = comparedPairs(drawn, () => limits, gate).filter(({ status }) => status === 'fail');
    if (failing.length > 0) failed++;
    for (const { figure } of failing) by[figure] = (by[figure] ?? 0) + 1;
  }
  return { limits, failed, share: failed / gates, by };
}

const found = {
  ...{ recordedPairs: pairs.length, pairsPerGate, gates, slower },
  uncalibrated: alarms(leastLimits, 'uncalibrated'),
  calibrated: alarms(limitsFrom(pairs, pairsPerGate), 'calibrated'),
};
process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
const file = [slower === 0 ? 'gate-alarms' : 'gate-found', ...(pairsPerGate === leastPairs ? [] : [pairsPerGate])].join('-');
writeFileSync(new URL(`${file}.json`, place), `${JSON.stringify(found, null, 2)}\n`);
