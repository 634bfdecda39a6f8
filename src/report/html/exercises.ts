import type { InEveryLanguage, Language } from '../language.js';
import { html, type Markup } from './markup.js';
import type { Section } from './section.js';

/** A question whose answer is computed from the figures of the page, or from the model of its plan. */
export interface Exercise {
  readonly question: string;
  readonly choices: readonly string[];
  /** Which of the choices is right. */
  readonly answer: number;
  /** The figures that say so. */
  readonly because: string;
}

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly reveal: string;
  readonly right: string;
  readonly wrong: string;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Predict first',
    lead: 'Choose what you expect, then reveal. The answers are computed from this page’s own plan and figures.',
    reveal: 'Reveal',
    right: 'As you predicted.',
    wrong: 'Not what you predicted.',
  },
  ru: {
    title: 'Сначала предскажите',
    lead: 'Выберите, чего ожидаете, потом откройте ответ. Ответы вычислены из плана и чисел этой самой страницы.',
    reveal: 'Показать ответ',
    right: 'Вы так и предсказали.',
    wrong: 'Вы предсказали иначе.',
  },
};

/** Nothing where there is nothing to ask. Without JavaScript an answer is revealed all the same. */
export function exercisesSection(exercises: readonly Exercise[], language: Language): readonly Section[] {
  if (exercises.length === 0) return [];
  const { title, lead } = words[language];
  return [{ id: 'exercises', title, body: html`<p>${lead}</p>${exercises.map((one, index) => exercise(one, index, language))}` }];
}

function exercise({ question, choices, answer, because }: Exercise, index: number, language: Language): Markup {
  const { reveal, right, wrong } = words[language];
  const name = `exercise-${index + 1}`;
  return html`<div class="exercise" data-answer="${String(answer)}" data-right="${right}" data-wrong="${wrong}">
<fieldset><legend>${question}</legend>
${choices.map((choice, at) => html`<label><input type="radio" name="${name}" value="${String(at)}"> ${choice}</label>\n`)}</fieldset>
<details><summary>${reveal}</summary><p><strong>${choices[answer] ?? ''}</strong>. ${because}</p></details>
<output></output></div>\n`;
}
