/**
 * What a run of the whole suite comes to: `node .ci/summary.js <vitest's JSON> <exit code of npm test> <exit code of bench gate>`. Names each test that did
 * not run and ends with `N passed, N failed`. Whatever did not run and pass counts as failed: a skipped test, a file that did not load, an error
 * outside of tests, the gate.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [file, code, gate] = process.argv.slice(2);
const { testResults: files = [] } = JSON.parse(readFileSync(file, 'utf8') || '{}');
const place = ({ name }) => relative(process.cwd(), name);
const tests = files.flatMap(({ assertionResults }) => assertionResults);
const passed = tests.filter(({ status }) => status === 'passed');
const failed = tests.filter(({ status }) => status === 'failed');

const unloaded = files.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
const unrun = files.flatMap((each) =>
  each.assertionResults.flatMap(({ status, fullName }) =>
    status === 'passed' || status === 'failed' ? [] : [`${place(each)}: ${fullName}`],
  ),
);
const counted = failed.length + unloaded.length + unrun.length;
const elsewhere = counted === 0 && (code !== '0' || passed.length === 0);

for (const each of unloaded) console.log(`failed as a whole: ${place(each)}`);
for (const name of unrun) console.log(`skipped, which fails here: ${name}`);
if (elsewhere) console.log(`failed outside of tests: npm test ended with exit code ${code}, see above`);
if (gate !== '0') console.log(`failed outside of tests: bench gate ended with exit code ${gate}, see above`);
console.log(`${passed.length} passed, ${counted + Number(elsewhere) + Number(gate !== '0')} failed`);
process.exitCode = Number(code) || Number(gate) || (counted > 0 || elsewhere ? 1 : 0);
