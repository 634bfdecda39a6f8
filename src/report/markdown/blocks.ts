import { sourceInWords } from '../describe.js';
import { code, inCell, shellBlock } from '../markdown.js';
import type { SeriesHead } from '../series.js';

/** Paragraphs beneath each other; what is empty is no paragraph. */
export function document(paragraphs: readonly string[]): string {
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

export function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}:`, bullets(items)];
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `* ${item}`).join('\n');
}

/** `hashed`: why, in the words of others. */
export function named(name: string, words: string): string {
  return `${code(name)}: ${inCell(words)}`;
}

export function notRun(title: string, of: readonly { readonly strategy: string; readonly why: string }[]): readonly string[] {
  return listed(
    title,
    of.map(({ strategy, why }) => named(strategy, why)),
  );
}

/** `scenario direct, rooms by members, 400 messages/s for 10 s, 64 bytes each, seed 7; measured live on …, commit …` */
export function setting({ scenario, rooms, rate, seed, source, machine, commit }: SeriesHead): string {
  const where = machine === null ? '' : ` on ${machine}, commit ${commit ?? 'not known'}`;
  return `${inCell(`scenario ${scenario}, rooms by ${rooms}, ${rate}, seed ${seed}; ${sourceInWords({ source })}${where}`)}.`;
}

export function again(command: string): readonly string[] {
  return ['Again:', shellBlock(command)];
}
