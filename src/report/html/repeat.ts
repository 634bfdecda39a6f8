import type { Result } from '../../measure/result.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { type Content, html, type Markup, nothing, recorded } from './markup.js';
import { pairs, type Section } from './section.js';

/** Of servers that are alike; of more the first and the last. */
const mostNamed = 4;

interface Words {
  readonly title: string;
  readonly command: string;
  readonly plan: string;
  readonly machine: string;
  readonly firstRun: string;
  readonly outside: string;
  readonly notKnown: string;
  readonly none: string;
  cores(count: number): string;
  readonly terms: Readonly<
    Record<
      | 'seed'
      | 'options'
      | 'limits'
      | 'chatLimits'
      | 'timing'
      | 'workers'
      | 'commit'
      | 'bench'
      | 'where'
      | 'libraries'
      | 'brokers'
      | 'settings',
      string
    >
  >;
}

export const repeatWords: InEveryLanguage<Words> = {
  en: {
    title: 'Run it again',
    command: 'Command that repeats this',
    plan: 'Plan',
    machine: 'Machine and versions',
    firstRun: 'As the first run found them, with the servers that only later ones had; each run has settings of its own on its page.',
    outside: 'The strategy came from outside the project:',
    notKnown: 'not known',
    none: 'none',
    cores: (count) => figuresIn('en').counted(count, { one: 'core', other: 'cores' }),
    terms: {
      seed: 'seed',
      options: 'strategy options',
      limits: 'limits',
      chatLimits: 'limits of the chat nodes',
      timing: 'timing',
      workers: 'load workers',
      commit: 'commit',
      bench: 'bench, Node.js',
      where: 'machine',
      libraries: 'libraries',
      brokers: 'brokers and store',
      settings: 'settings',
    },
  },
  ru: {
    title: 'Повторить',
    command: 'Команда, которая это повторит',
    plan: 'План',
    machine: 'Машина и версии',
    firstRun: 'Какими их застал первый прогон, и серверы, которые были лишь у следующих; свои настройки у каждого прогона на его странице.',
    outside: 'Стратегия взята не из проекта:',
    notKnown: 'неизвестно',
    none: 'нет',
    cores: (count) => figuresIn('ru').counted(count, { one: 'ядро', few: 'ядра', other: 'ядер' }),
    terms: {
      seed: 'начальное число',
      options: 'параметры стратегии',
      limits: 'пределы',
      chatLimits: 'пределы узлов чата',
      timing: 'сроки',
      workers: 'генераторы нагрузки',
      commit: 'коммит',
      bench: 'bench, Node.js',
      where: 'машина',
      libraries: 'библиотеки',
      brokers: 'брокеры и хранилище',
      settings: 'настройки',
    },
  },
};

/** All that is needed to run this again and to compare it fairly. */
export function repeatSection(result: Result, language: Language): Section {
  const { title, outside, ...words } = repeatWords[language];
  const { file } = result.plan.strategy;
  return {
    id: 'repeat',
    title,
    body: html`${commandAgain(result.plan.command, language)}
<h3>${words.plan}</h3>
${planned(result, language)}
<h3>${words.machine}</h3>
${whereRun(result.environment, language)}
${file === null ? nothing : html`<p>${outside} <code>${file}</code></p>`}`,
  };
}

export function commandAgain(command: string, language: Language): Markup {
  return html`<pre tabindex="0" role="region" aria-label="${repeatWords[language].command}"><code>${unbroken(command)}</code></pre>`;
}

function planned({ plan }: Result, language: Language): Markup {
  const { terms } = repeatWords[language];
  const said = (settings: Settings) => inWords(settings, language);
  return pairs([
    [terms.seed, String(plan.seed)],
    [terms.options, said(plan.strategy.options)],
    [terms.limits, said({ ...plan.limits })],
    [terms.chatLimits, said({ ...plan.chatLimits })],
    [terms.timing, said(plan.timing)],
    [terms.workers, html`${plan.workers}, <code>${plan.driver}</code>`],
  ]);
}

/** The machine of a run and the versions of all that was on the way of its messages. */
export function whereRun(environment: Result['environment'], language: Language): Markup {
  const { terms, cores, notKnown } = repeatWords[language];
  const said = (settings: Settings) => inWords(settings, language);
  const memory = figuresIn(language).bytes(environment.memoryBytes);
  return pairs([
    [terms.commit, environment.commit === null ? notKnown : html`<code>${environment.commit}</code>`],
    [terms.bench, `${environment.bench}, ${environment.node}`],
    [
      terms.where,
      html`${recorded(environment.platform, language)}, ${cores(environment.cores)} (${recorded(environment.cpus, language)}), ${memory}`,
    ],
    [terms.libraries, said(environment.libraries)],
    [terms.brokers, brokersInWords(environment.brokers, language)],
    [terms.settings, said(environment.settings)],
  ]);
}

/** A line may break between words only, never at the hyphens of a flag. */
export function unbroken(command: string): readonly Content[] {
  return command.split(' ').map((word, index) => html`${index > 0 ? ' ' : ''}<span>${word}</span>`);
}

type Settings = Readonly<Record<string, string | number | boolean>>;

function inWords(settings: Settings, language: Language): Content {
  return listed(
    Object.entries(settings).map(([name, value]) => `${name} ${value}`),
    language,
  );
}

/** `r1, r2, r3 spawned Redis 7.0.15`: those of one version are named together. */
function brokersInWords(brokers: Result['environment']['brokers'], language: Language): Content {
  const names = new Map<string, string[]>();
  for (const [name, version] of Object.entries(brokers)) names.set(version, [...(names.get(version) ?? []), name]);
  return listed(
    [...names].map(([version, alike]) => `${together(alike)} ${version}`),
    language,
    '; ',
  );
}

function together(names: readonly string[]): string {
  return names.length > mostNamed ? `${names[0]}, …, ${names.at(-1)}` : names.join(', ');
}

function listed(words: readonly string[], language: Language, between = ', '): Content {
  return words.length === 0 ? repeatWords[language].none : recorded(words.join(between), language);
}
