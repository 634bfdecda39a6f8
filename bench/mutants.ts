/**
 * Shows that the suites can fail: makes one mistake after the other in a copy of the tree, and runs the live and the simulated tests of
 * one strategy over each. All must be red, and green over the unchanged copy. `npm run bench:mutants`;
 * words after `--` choose the changes whose name holds one of them.
 */
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { usage } from '../src/error.js';
import { type Change, changes } from './mutants/changes.js';
import { Copy } from './mutants/copy.js';
import { Runs } from './mutants/runs.js';
import { type Outcome, outcomeOf, type Suite, suites } from './mutants/suites.js';
import { uncoloured } from './table.js';

interface Row {
  readonly change: string;
  readonly suite: Suite['name'];
  readonly outcome: Outcome;
  readonly expected: 'red' | 'green';
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort(new Error(`interrupted by ${signal}`)));

function chosen(words: readonly string[]): readonly Change[] {
  const found = changes.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (found.length > 0) return found;
  throw usage(`no change is called ${words.join(' or ')}; there are: ${changes.map(({ name }) => name).join(', ')}`);
}

function colourOf({ failed }: Outcome): Row['expected'] {
  return failed > 0 ? 'red' : 'green';
}

async function rowsOf(copy: Copy, runs: Runs, change: string, strategy: string, expected: Row['expected']): Promise<Row[]> {
  const rows: Row[] = [];
  for (const suite of suites) {
    process.stderr.write(`${change}: ${suite.name} suite of ${strategy}\n`);
    rows.push({ change, suite: suite.name, outcome: await outcomeOf(suite, strategy, copy, runs), expected });
  }
  return rows;
}

async function shown(copy: Copy, runs: Runs, wanted: readonly Change[]): Promise<readonly Row[]> {
  await copy.build(runs);
  const rows: Row[] = [];
  for (const strategy of new Set(wanted.map((change) => change.strategy)))
    rows.push(...(await rowsOf(copy, runs, `nothing, for ${strategy}`, strategy, 'green')));
  for (const change of wanted) {
    await copy.change(change, runs);
    rows.push(...(await rowsOf(copy, runs, change.name, change.strategy, 'red')));
    copy.undo();
  }
  return rows;
}

function render(rows: readonly Row[]): string {
  const table = new Table({ head: ['change', 'suite', '', 'failed', 'passed', 'first that failed'], style: uncoloured });
  for (const { change, suite, outcome, expected } of rows) {
    const colour = colourOf(outcome);
    const word = colour === expected ? colour : `${colour}, not ${expected}`;
    table.push([change, suite, word, outcome.failed, outcome.passed, outcome.firstFailed ?? '']);
  }
  return `${table.toString()}\n`;
}

const wanted = chosen(process.argv.slice(2));
const copy = new Copy(root);
try {
  process.stderr.write(`commit ${copy.commit}, in ${copy.path}\n`);
  for (const file of copy.uncommitted) process.stderr.write(`not committed, and left out: ${file.trim()}\n`);
  const rows = await shown(copy, new Runs(interrupt.signal), wanted);
  process.stdout.write(render(rows));
  if (rows.some(({ outcome, expected }) => colourOf(outcome) !== expected)) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`mutants: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = interrupt.signal.aborted ? 130 : 69;
} finally {
  copy.remove();
}
