import type { Variable } from '../plan/variation.js';
import type { InEveryLanguage, Language } from './language.js';

/** What varies in a sweep, in words. */
export const variableWords: InEveryLanguage<Readonly<Record<Variable, string>>> = {
  en: { nodes: 'nodes', brokers: 'brokers', users: 'users', rate: 'rate', bytes: 'bytes' },
  ru: { nodes: 'узлы', brokers: 'брокеры', users: 'пользователи', rate: 'частота', bytes: 'байты' },
};

/** `nodes 4, brokers 2` */
export function placeInWords(at: Readonly<Partial<Record<Variable, number | undefined>>>, language: Language): string {
  const names = Object.keys(at) as Variable[];
  return names.map((name) => `${variableWords[language][name]} ${at[name]}`).join(', ');
}
