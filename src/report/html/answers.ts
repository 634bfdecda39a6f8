import type { Result } from '../../measure/result.js';
import { type Answer, answersOf } from '../answers.js';
import { html } from './markup.js';
import type { Section } from './section.js';
import { figure, table } from './table.js';

/** What the scenario asks, and the figures that say it; nothing where it asks nothing. */
export function answersSections(result: Result): readonly Section[] {
  const { asks } = result.plan;
  if (asks === undefined) return [];
  return [
    {
      id: 'answers',
      title: 'What was to be found out',
      body: html`<p><strong>${asks.question}</strong></p>
${table<Answer>({
  caption: 'The figures that say it, by their place in result.json',
  rows: answersOf(result),
  columns: [
    { title: 'figure', text: ({ place }) => place },
    { title: 'value', text: ({ words, why }) => figure(words, why) },
  ],
})}`,
    },
  ];
}
