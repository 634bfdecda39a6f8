import type { Result } from '../../measure/result.js';
import { type Answer, answersOf } from '../answers.js';
import type { InEveryLanguage, Language } from '../language.js';
import { html, recorded } from './markup.js';
import type { Section } from './section.js';
import { figure, table } from './table.js';

const words: InEveryLanguage<Readonly<Record<'title' | 'caption' | 'figure' | 'value', string>>> = {
  en: {
    title: 'What was to be found out',
    caption: 'The figures that say it, by their place in result.json',
    figure: 'figure',
    value: 'value',
  },
  ru: {
    title: 'Что требовалось выяснить',
    caption: 'Показатели, которые об этом говорят, по их месту в result.json',
    figure: 'показатель',
    value: 'значение',
  },
};

/** What the scenario asks, and the figures that say it; nothing where it asks nothing. */
export function answersSections(result: Result, language: Language): readonly Section[] {
  const { asks } = result.plan;
  if (asks === undefined) return [];
  const { title, caption, figure: name, value } = words[language];
  return [
    {
      id: 'answers',
      title,
      body: html`<p><strong>${recorded(asks.question, language)}</strong></p>
${table<Answer>({
  language,
  caption,
  rows: answersOf(result),
  columns: [
    { title: name, text: ({ place }) => html`<code>${place}</code>` },
    { title: value, text: (answer) => recorded(figure(answer.words, answer.why, language), language) },
  ],
})}`,
    },
  ];
}
