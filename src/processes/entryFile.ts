import { fileURLToPath } from 'node:url';

/** The built file of one of this project's entry points, given relative to `src`; also when the caller runs from the sources. */
export function entryFile(entry: string): string {
  const inSources = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(inSources ? `../../dist/src/${entry}.js` : `../${entry}.js`, import.meta.url));
}
