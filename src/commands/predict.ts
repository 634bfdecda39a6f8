import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { unavailable, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { draftOf, type Request } from '../plan/plan.js';
import { checkedText } from '../report/json.js';
import type { Language } from '../report/language.js';
import { renderPredictions } from '../report/terminal/predictions.js';
import { exponentsOf } from '../run/modelled/exponents.js';
import { checkGrowth } from '../run/modelled/subject.js';
import { runModelled } from '../run/modelled.js';
import { verdictOf } from '../verdict/verdict.js';
import { optionsOf } from './flag.js';
import { makeFolder } from './makeFolder.js';
import { type PredictFlags, predictFlags } from './predictFlags.js';
import { eachModelled, requestsOf } from './predictions.js';
import { screen } from './summary.js';
import { writeFiles, writeReport } from './writeReport.js';

const examples = `
Nothing is run: loads follow from where a strategy says that nodes listen and messages go, for messages like those of the scenario.

Examples:
  bench predict --strategies all
  bench predict --strategies hashed,redis-broadcast --nodes 10000 --brokers 100 --users 1e9
  bench predict --strategy grouped --option groups=4 --brokers 16 --scenario rooms --rooms topic --json
  bench predict --strategies all --nodes 100 --users 10000 --rate-per-user 0.02 --out results/predicted`;

export function predictCommand(signal: AbortSignal): Command {
  const command = new Command('predict').description(
    'compute what strategies cost every node and every broker, at any size, without running them',
  );
  for (const option of optionsOf(predictFlags)) command.addOption(option);
  return command.addHelpText('after', examples).action((flags: PredictFlags) => predict(flags, signal));
}

async function predict(flags: PredictFlags, signal: AbortSignal): Promise<void> {
  const { made, leftOut } = await eachModelled(await requestsOf(flags), predicted, signal);
  for (const { strategy, why } of leftOut) process.stderr.write(`left out: ${strategy}: ${why}\n`);
  if (flags.json) process.stdout.write(`[\n${made.map(checkedText).join(',\n')}\n]\n`);
  else process.stdout.write(renderPredictions(made, screen()));
  if (flags.out !== undefined) await keep(made, flags.out, flags.lang);
}

async function predicted(request: Request): Promise<Result> {
  checkGrowth(request.strategy, { ...request.scenario.sizes[request.sizeName], ...request.size }, request.options);
  const measured = await runModelled(draftOf(request), request.strategy, request.scenario, { exponents: exponentsOf(request) });
  return { ...measured, verdict: verdictOf(measured) };
}

async function keep(results: readonly Result[], out: string, language?: Language): Promise<void> {
  for (const result of results) {
    const folder = join(resolve(out), result.plan.strategy.name);
    await makeFolder(folder).catch((error: unknown) => {
      throw unavailable(`cannot make ${folder}: ${wordsOf(error)}; name another folder with --out`, error);
    });
    const kept = await writeFiles(folder, [{ path: 'result.json', content: `${checkedText(result)}\n` }]);
    const shown = await writeReport(folder, result, language);
    const failed = [...kept.failed, ...shown.failed];
    if (failed.length > 0) throw unavailable(`${failed.join('; ')}; name another folder with --out`);
  }
  process.stderr.write(`kept in ${out}\n`);
}
