/**
 * Shows what the gate finds: makes one mistake after the other in a copy of the tree, and runs the layer of `bench gate` that must find it there, and
 * both over the unchanged copy. `node dist/bench/gate/mutants.js`, after `npm run build`, keeps what came of it in `bench/results/gate-mutants.json`; words
 * after it choose the changes whose name holds one of them, and nothing is kept.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { usage } from '../../src/error.js';
import { comparisonCells, differenceInWords } from '../../src/report/gateWords.js';
import type { GateRecord } from '../../src/verdict/gate.js';
import { Copy } from '../mutants/copy.js';
import { Runs } from '../mutants/runs.js';
import { uncoloured } from '../table.js';
import { type GateChange, gateChanges } from './changes.js';

interface Row {
  readonly change: string;
  readonly layer: GateChange['layer'];
  readonly status: string;
  readonly expected: 'pass' | 'fail';
  readonly found: string;
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort(new Error(`interrupted by ${signal}`)));

function chosen(words: readonly string[]): readonly GateChange[] {
  const found = gateChanges.filter(({ change: { name } }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (found.length > 0) return found;
  throw usage(`no change is called ${words.join(' or ')}; there are: ${gateChanges.map(({ change }) => change.name).join(', ')}`);
}

/** The gate as anybody calls it there; the unchanged commit is what the statistical layer compares with. */
async function rowOf(copy: Copy, runs: Runs, change: string, layer: Row['layer'], expected: Row['expected']): Promise<Row> {
  process.stderr.write(`${change}: ${layer} layer\n`);
  const against = layer === 'statistical' ? ['--against', 'HEAD'] : [];
  const { output } = await runs.node(['dist/src/cli.js', 'gate', '--layer', layer, ...against, '--json'], copy.path);
  const record = recordIn(output);
  return { change, layer, status: record?.status ?? 'no record', expected, found: record === null ? output.slice(-300) : foundIn(record) };
}

/** Beside the record there is what was said on the way. */
function recordIn(output: string): GateRecord | null {
  const text = /^\{$[\s\S]*?^\}$/m.exec(output)?.[0];
  return text === undefined ? null : (JSON.parse(text) as GateRecord);
}

function foundIn({ exact, statistical }: GateRecord): string {
  const differing = exact?.entries.filter(({ differences }) => differences.length > 0) ?? [];
  const [first] = differing;
  const figures = statistical?.figures.filter(({ figure }) => figure === 'system' || figure === 'node') ?? [];
  return [
    ...(first?.differences[0] === undefined
      ? []
      : [`${differing.length} of ${exact?.entries.length} runs; ${first.name}: ${differenceInWords(first.differences[0])}`]),
    ...figures.map((figure) => comparisonCells(figure).join(' | ')),
  ].join('\n');
}

async function shown(copy: Copy, runs: Runs, wanted: readonly GateChange[]): Promise<readonly Row[]> {
  await copy.build(runs);
  const rows: Row[] = [];
  for (const layer of new Set(wanted.map((one) => one.layer))) rows.push(await rowOf(copy, runs, 'nothing', layer, 'pass'));
  for (const { change, layer } of wanted) {
    await copy.change(change, runs);
    rows.push(await rowOf(copy, runs, change.name, layer, 'fail'));
    copy.undo();
  }
  return rows;
}

function render(rows: readonly Row[]): string {
  const table = new Table({ head: ['change', 'layer', 'verdict', 'found'], style: uncoloured });
  for (const { change, layer, status, expected, found } of rows)
    table.push([change, layer, status === expected ? status : `${status}, not ${expected}`, found]);
  return `${table.toString()}\n`;
}

const wanted = chosen(process.argv.slice(2));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const copy = new Copy(root);
try {
  process.stderr.write(`commit ${copy.commit}, in ${copy.path}\n`);
  for (const file of copy.uncommitted) process.stderr.write(`not committed, and left out: ${file.trim()}\n`);
  const rows = await shown(copy, new Runs(interrupt.signal), wanted);
  process.stdout.write(render(rows));
  if (process.argv.length === 2) writeFileSync(`${root}bench/results/gate-mutants.json`, `${JSON.stringify(rows, null, 2)}\n`);
  if (rows.some(({ status, expected }) => status !== expected)) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`mutants: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = interrupt.signal.aborted ? 130 : 69;
} finally {
  copy.remove();
}
