import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../../error.js';

let text: string | undefined;

/** What runs in a page: `src/report/browser`, Chart.js and the model, which the build makes one script. */
export function pageScript(): string {
  text ??= read();
  return text;
}

function read(): string {
  const source = readFileSync(builtFile(), 'utf8');
  if (/<\/script|<!--|\r|\0/i.test(source)) throw new BenchError('bug', '[html] the script of pages holds text that ends a script element');
  return source;
}

/** Also when the caller runs from the sources. */
function builtFile(): string {
  const inSources = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(inSources ? '../../../dist/src/report/browser/page.js' : '../browser/page.js', import.meta.url));
}
