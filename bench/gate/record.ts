/**
 * Records A/A pairs, this build against itself, as `bench gate` plays them: `node dist/bench/gate/record.js [pairs] [file]`. Each pair is appended
 * as it ends, one to a line, so that many short sittings make one recording.
 */
import { appendFile } from 'node:fs/promises';
import { playPairs } from '../../src/commands/gate/playPairs.js';
import { here } from '../../src/commands/gate/sides.js';
import { statisticalStrategies } from '../../src/commands/gate/statisticalSet.js';
import { guarded } from '../../src/commands/guarded.js';

const [pairs = '10', file = 'bench/results/gate-pairs.jsonl'] = process.argv.slice(2);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

const head = here('this build');
await guarded(interrupt.signal, async (stage) => {
  for await (const pair of playPairs({ base: head, head }, statisticalStrategies, Number(pairs), stage))
    await appendFile(file, `${JSON.stringify(pair)}\n`);
});
