import { type OutlookFigure, type OutlookPlan, outlookFigures } from '../../run/modelled/outlook.js';
import type { InEveryLanguage, Language } from '../language.js';
import { type OutlookContent, type OutlookRow, showFigure, stepsOf } from '../outlook.js';
import { html, jsonForScript, type Markup, recorded } from './markup.js';
import type { Section } from './section.js';

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly without: string;
  readonly sliders: string;
  readonly sizes: Readonly<Record<'nodes' | 'brokers' | 'users', string>>;
  readonly back: string;
  readonly computed: string;
  readonly caption: string;
  readonly strategy: string;
  readonly figures: Readonly<Record<OutlookFigure, string>>;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Move the sizes',
    lead: 'The model of bench predict, in this page: it asks the same strategies where each message goes. Every user writes as often as in the run; a strategy that knows but one broker keeps it.',
    without: 'Without JavaScript the figures are those of the size that was run.',
    sliders: 'Sizes',
    sizes: { nodes: 'nodes', brokers: 'brokers', users: 'users' },
    back: 'As it was run',
    computed: 'The figures are those of the sizes chosen.',
    caption: 'What it would cost, by the model',
    strategy: 'strategy',
    figures: {
      nodeLoad: 'messages per second of one node',
      brokerLoad: 'messages per second of one broker',
      amplification: 'amplification',
      connectionsPerNode: 'connections of one node to brokers and nodes',
      subscriptionsPerNode: 'subscriptions of one node',
    },
  },
  ru: {
    title: 'Подвигайте размеры',
    lead: 'Модель команды bench predict прямо на странице: она спрашивает те же стратегии, куда идёт каждое сообщение. Каждый пользователь пишет так же часто, как в запуске; стратегия, знающая лишь один брокер, остаётся с ним.',
    without: 'Без JavaScript показаны числа того размера, который запускался.',
    sliders: 'Размеры',
    sizes: { nodes: 'ноды', brokers: 'брокеры', users: 'пользователи' },
    back: 'Как запускалось',
    computed: 'Показаны числа выбранных размеров.',
    caption: 'Во что это обойдётся по модели',
    strategy: 'стратегия',
    figures: {
      nodeLoad: 'сообщений в секунду у одной ноды',
      brokerLoad: 'сообщений в секунду у одного брокера',
      amplification: 'усиление',
      connectionsPerNode: 'соединений ноды с брокерами и нодами',
      subscriptionsPerNode: 'подписок одной ноды',
    },
  },
};

/** Sliders over the sizes, and what the model says of each strategy there. */
export function outlookSection(rows: readonly OutlookRow[], asked: OutlookPlan['size'], language: Language): Section {
  const { title, lead, without, computed } = words[language];
  const plans = rows.map(({ plan }) => plan);
  const steps = stepsOf([asked]);
  const content: OutlookContent = { language, plans, steps, computed };
  return {
    id: 'outlook-sizes',
    title,
    body: html`<p>${lead}</p>
<form class="outlook" autocomplete="off">
<fieldset disabled><legend>${words[language].sliders}</legend>
${(['nodes', 'brokers', 'users'] as const).map((name) => slider(name, steps[name], asked[name], language))}
<button type="reset">${words[language].back}</button></fieldset>
<p role="status">${without}</p>
${figuresTable(rows, language)}
</form>
<script type="application/json" id="outlook">${jsonForScript(content)}</script>`,
  };
}

function slider(name: 'nodes' | 'brokers' | 'users', steps: readonly number[], value: number, language: Language): Markup {
  const at = Math.max(0, steps.indexOf(value));
  return html`<label>${words[language].sizes[name]} <output>${showFigure(steps[at] ?? value, language)}</output>
<input type="range" name="${name}" min="0" max="${String(steps.length - 1)}" value="${String(at)}"></label>`;
}

function figuresTable(rows: readonly OutlookRow[], language: Language): Markup {
  const { caption, strategy, figures } = words[language];
  return html`<div class="frame" role="region" tabindex="0" aria-label="${caption}"><table>
<caption><span>${caption}</span></caption>
<thead><tr><th scope="col">${strategy}</th>${outlookFigures.map((figure) => html`<th scope="col" class="figure">${figures[figure]}</th>`)}</tr></thead>
<tbody>${rows.map((row) => rowOf(row, language))}</tbody></table></div>`;
}

function rowOf({ plan: { strategy }, now }: OutlookRow, language: Language): Markup {
  const cells = outlookFigures.map(
    (figure) => html`<td class="figure" id="outlook-${strategy.name}-${figure}">${showFigure(now[figure], language)}</td>`,
  );
  return html`<tr><th scope="row">${recorded(strategy.name, language)}</th>${cells}</tr>\n`;
}
