import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import type { Result } from '../measure/result.js';
import { answersBlock } from './terminal/answers.js';
import { brokersBlock } from './terminal/brokers.js';
import { costBlock, latencyBlock } from './terminal/cost.js';
import { nodesBlock } from './terminal/load.js';
import type { Block } from './terminal/types.js';
import { countsBlock, notesBlock, repeatBlock, verdictBlock } from './terminal/words.js';

/** In the order in which a person asks: did it work, why, who did how much, what did it cost, how do I see that again. */
const blocks: readonly Block[] = [
  verdictBlock,
  answersBlock,
  countsBlock,
  nodesBlock,
  brokersBlock,
  costBlock,
  latencyBlock,
  notesBlock,
  repeatBlock,
];

/** The summary at the end of a run. `width` is that of the terminal; tables need about 70 columns. */
export function renderTerminal(result: Result, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const screen = { colours: createColors(colour), width: Math.min(Math.max(width, 70), 120) };
  const harmless = withoutControls(result);
  const texts = blocks.map((block) => block(harmless, screen).join('\n'));
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Names and last words come from outside; none of them may steer the terminal. */
function withoutControls(result: Result): Result {
  const clean = (text: string) => stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ');
  return JSON.parse(JSON.stringify(result), (_, value: unknown) => (typeof value === 'string' ? clean(value) : value));
}
