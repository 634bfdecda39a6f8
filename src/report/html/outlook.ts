import { type OutlookFigure, type OutlookPlan, outlookFigures } from '../../run/modelled/outlook.js';
import type { InEveryLanguage, Language } from '../language.js';
import { type EvenRooms, type OutlookContent, type OutlookRow, showFigure, stepsOf } from '../outlook.js';
import { html, jsonForScript, type Markup, recorded } from './markup.js';
import type { Section } from './section.js';

/** What a page is made of decides where its sliders begin: at the size of its run, at the first size of a sweep, or at the fleet that a plan advises. */
type Start = 'run' | 'sweep' | 'plan';

interface Words {
  readonly title: string;
  readonly lead: string;
  /** Where the sliders stand at first. */
  readonly starts: Readonly<Record<Start, { readonly said: string; readonly back: string }>>;
  readonly without: string;
  readonly sliders: string;
  readonly sizes: Readonly<Record<'nodes' | 'brokers' | 'users', string>>;
  readonly computing: string;
  readonly computed: string;
  readonly caption: string;
  readonly strategy: string;
  readonly figures: Readonly<Record<OutlookFigure, string>>;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Move the sizes',
    lead: 'The model of bench predict, in this page: it asks the same strategies where each message goes. Every user writes as often as before; a strategy that knows but one broker keeps it.',
    starts: {
      run: { said: 'The sliders stand at the size that was run.', back: 'As it was run' },
      sweep: { said: 'The sliders stand at the first size of the sweep.', back: 'As at the first size' },
      plan: {
        said: 'The sliders stand at the nodes and brokers of the advised strategy; each other is shown with as many.',
        back: 'As it is advised',
      },
    },
    without: 'Without JavaScript the figures are of that size.',
    sliders: 'Sizes',
    sizes: { nodes: 'nodes', brokers: 'brokers', users: 'users' },
    computing: 'Computing…',
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
    lead: 'Модель команды bench predict прямо на странице: она спрашивает те же стратегии, куда идёт каждое сообщение. Каждый пользователь пишет так же часто, как прежде; стратегия, знающая лишь один брокер, остаётся с ним.',
    starts: {
      run: { said: 'Ползунки стоят на размере прогона.', back: 'Как в прогоне' },
      sweep: { said: 'Ползунки стоят на первом размере серии.', back: 'Как при первом размере' },
      plan: {
        said: 'Ползунки стоят на числе узлов и брокеров рекомендованной стратегии; остальные показаны с таким же.',
        back: 'Как рекомендовано',
      },
    },
    without: 'Без JavaScript показаны числа этого размера.',
    sliders: 'Размеры',
    sizes: { nodes: 'узлы', brokers: 'брокеры', users: 'пользователи' },
    computing: 'Вычисляется…',
    computed: 'Показаны числа выбранных размеров.',
    caption: 'Во что это обойдётся по модели',
    strategy: 'стратегия',
    figures: {
      nodeLoad: 'сообщений в секунду у одного узла',
      brokerLoad: 'сообщений в секунду у одного брокера',
      amplification: 'усиление',
      connectionsPerNode: 'соединений узла с брокерами и другими узлами',
      subscriptionsPerNode: 'подписок одного узла',
    },
  },
};

/** Sliders over the sizes, and what the model says of each strategy there; nothing where it knows none of them. `rooms`: of a plan. */
export function outlookSections(rows: readonly OutlookRow[], start: Start, language: Language, rooms?: EvenRooms): readonly Section[] {
  const [first] = rows;
  if (first === undefined) return [];
  const most = (of: 'nodes' | 'brokers') => Math.max(...rows.map(({ plan }) => plan.size[of]));
  const asked = { ...first.plan.size, nodes: most('nodes'), brokers: most('brokers') };
  return [outlookSection({ rows, asked, start, rooms }, language)];
}

interface Shown {
  readonly rows: readonly OutlookRow[];
  readonly asked: OutlookPlan['size'];
  readonly start: Start;
  readonly rooms: EvenRooms | undefined;
}

function outlookSection({ rows, asked, start, rooms }: Shown, language: Language): Section {
  const { title, lead, starts, without, computing, computed } = words[language];
  const plans = rows.map(({ plan }) => plan);
  const steps = stepsOf(asked);
  const content: OutlookContent = { language, plans, steps, ...(rooms && { rooms }), computing, computed };
  return {
    id: 'outlook-sizes',
    title,
    body: html`<p>${lead} ${starts[start].said}</p>
<form class="outlook" autocomplete="off">
<fieldset disabled><legend>${words[language].sliders}</legend>
${(['nodes', 'brokers', 'users'] as const).map((name) => slider(name, steps[name], asked[name], language))}
<button type="reset">${starts[start].back}</button></fieldset>
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
