import type { Result } from '../../measure/result.js';
import { isEmbedded, joinWindowInWords, joinWindowMsMax } from '../describe.js';
import { describeWords } from '../describeWords.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { list, pairs, type Section } from './section.js';

interface Words {
  readonly title: string;
  readonly died: string;
  readonly allKnown: string;
  readonly unknown: string;
  shared(cores: number): string;
  readonly oneSample: string;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'What this run cannot show',
    died: 'Processes that ended before they were asked to:',
    allKnown: 'No figure of this result had to be left out.',
    unknown: 'These figures are not known (– in the tables):',
    shared: (cores) =>
      `Nodes, brokers and load workers that share ${cores} cores slow each other down: latency and CPU depend on the machine, message counts do not.`,
    oneSample: 'One run is one sample: counts repeat exactly with the same seed, latency and CPU do not.',
  },
  ru: {
    title: 'Чего этот прогон показать не может',
    died: 'Процессы, завершившиеся раньше, чем их об этом попросили:',
    allKnown: 'Ни один показатель этого результата не пришлось опустить.',
    unknown: 'Эти показатели неизвестны (– в таблицах):',
    shared: (cores) =>
      `Узлы, брокеры и генераторы нагрузки делят ${figuresIn('ru').counted(cores, { one: 'ядро', few: 'ядра', other: 'ядер' })} и замедляют друг друга: задержка и процессорное время зависят от машины, числа сообщений — нет.`,
    oneSample: 'Один прогон — одна выборка: с тем же начальным числом счётчики повторяются точно, задержка и процессорное время — нет.',
  },
};

/** The limits of this run: what it cannot show, and why. */
export function unknownsSection(result: Result, language: Language): Section {
  return {
    id: 'unknowns',
    title: words[language].title,
    body: html`${died(result, language)}${reasons(result, language)}${list(limits(result, language))}`,
  };
}

function died({ died: lastWords }: Result, language: Language): Markup {
  if (lastWords.length === 0) return nothing;
  return html`<p>${words[language].died}</p>${list(lastWords.map((one) => recorded(one, language)))}`;
}

function reasons({ unknowns }: Result, language: Language): Markup {
  const entries = Object.entries(unknowns);
  if (entries.length === 0) return html`<p>${words[language].allKnown}</p>`;
  return html`<p>${words[language].unknown}</p>${pairs(entries.map(([figure, reason]) => [html`<code>${figure}</code>`, recorded(reason, language)]))}`;
}

/** `environment.cores` counts one machine: all processes of a run on it compete for those. */
function limits(result: Result, language: Language): readonly string[] {
  const { shared, oneSample } = words[language];
  return [
    ...joinWindowInWords(joinWindowMsMax(result), language),
    ...(isEmbedded(result) ? [describeWords[language].embedded.long] : []),
    ...(result.source === 'live' ? [shared(result.environment.cores)] : []),
    oneSample,
  ];
}
