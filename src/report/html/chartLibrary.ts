import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BenchError } from '../../error.js';

let text: string | undefined;

/** Chart.js as one script, without the address of its source map, which a browser would fetch. */
export function chartLibrary(): string {
  text ??= read();
  return text;
}

function read(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('chart.js'));
  const source = readFileSync(join(folder, 'chart.umd.min.js'), 'utf8').replaceAll(/^\/\/# sourceMappingURL=.*$/gm, '');
  if (/<\/script|<!--|\r|\0/i.test(source))
    throw new BenchError('bug', `[html] Chart.js in ${folder} cannot stand inside a page: it holds text that ends a script`);
  return source;
}
