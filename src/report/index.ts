import { htmlReporter } from './html.js';
import { jsonReporter } from './json.js';
import { pngReporter } from './png.js';
import type { Reporter } from './types.js';

/** What every run writes beside its plan, in this order: the figures first, so that a failing chart costs nothing else. */
export const reporters: readonly Reporter[] = [jsonReporter, htmlReporter, pngReporter];
