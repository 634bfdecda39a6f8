import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isIPv6 } from 'node:net';
import { Command, Option } from 'commander';
import { type Language, languages } from '../report/language.js';
import type { Outcome } from './outcome.js';
import { port } from './parsers.js';
import { ResultsFolder } from './serve/folder.js';
import { serve } from './serve/server.js';

interface ServeFlags {
  readonly results: string;
  readonly host: string;
  readonly port: number;
  readonly lang: Language;
}

const examples = `
It shows what lies in the folder: every run, comparison, sweep and search, the newest first, with its report, and any two runs or comparisons
beside each other. Reports are made anew of the records, so a report.html need not be there. It changes nothing, and ends with Ctrl-C.

Examples:
  bench serve
  bench serve --results /srv/measured --port 8080
  bench serve --lang ru`;

export function serveCommand(signal: AbortSignal, outcome: Outcome): Command {
  return new Command('serve')
    .description('show a folder of results in the browser, and any two of them compared')
    .option('--results <folder>', 'the folder of results', 'results')
    .option('--port <n>', 'port; 0: any that is free', port, 0)
    .option('--host <address>', 'address to listen at; any but the standard one lets others on the network read the results', '127.0.0.1')
    .addOption(new Option('--lang <language>', 'language of the pages: en or ru').choices(languages).default('en'))
    .addHelpText('after', examples)
    .action((flags: ServeFlags) => show(flags, signal, outcome));
}

async function show({ results, host, port: asked, lang }: ServeFlags, signal: AbortSignal, outcome: Outcome): Promise<void> {
  const folder = await ResultsFolder.open(results);
  const server = await serve({ folder, host, port: asked, language: lang });
  const { address, port: taken } = server.address() as AddressInfo;
  process.stdout.write(`http://${isIPv6(address) ? `[${address}]` : address}:${taken}/\n`);
  process.stderr.write(`showing ${results}; Ctrl-C ends it\n`);
  if (!signal.aborted) await once(signal, 'abort');
  server.close();
  server.closeAllConnections();
  outcome.code = 130;
}
