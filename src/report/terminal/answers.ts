import { answersOf } from '../answers.js';
import { wrap } from './layout.js';
import type { Block } from './types.js';

/** What the scenario asks, and the figures that say it. */
export const answersBlock: Block = (result, { colours, width }) => {
  const { asks } = result.plan;
  if (asks === undefined) return [];
  const answers = answersOf(result).map(({ place, words, why }) => `${place}: ${words}${why === undefined ? '' : ` (${why})`}`);
  return [...wrap(asks.question, width).map(colours.bold), ...answers.flatMap((words) => wrap(words, width, '  '))];
};
