import type { Result } from '../../measure/result.js';
import type { Language } from '../language.js';
import { methodWords } from './methodWords.js';
import { pairs, type Section } from './section.js';

/** How the figures of every run come about, by the runner that made them. */
export function methodSection({ source }: Pick<Result, 'source'>, language: Language): Section {
  const { title, steps } = methodWords[language][source];
  return { id: 'method', title, body: pairs(steps) };
}
