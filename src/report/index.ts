import { htmlReporter } from './html.js';
import type { Reporter } from './types.js';

/** Loaded when it draws: a machine on which the drawing library does not even load loses the pictures and nothing else. */
const pngReporter: Reporter = {
  name: 'png',
  render: async (results, language) => (await import('./png.js')).pngReporter.render(results, language),
};

/** What can be made of a result at any time, beside it. */
export const reporters: readonly Reporter[] = [htmlReporter, pngReporter];
