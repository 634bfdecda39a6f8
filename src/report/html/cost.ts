import type { Result } from '../../measure/result.js';
import { handled } from '../describe.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { type Content, html, type Markup } from './markup.js';
import type { Section } from './section.js';
import { figure, table } from './table.js';

const roles = ['node', 'broker', 'generator'] as const;

interface Words {
  readonly title: string;
  readonly amplification: string;
  readonly delivered: string;
  readonly caption: string;
  readonly columns: { readonly role: string; readonly cpu: string; readonly who: string };
  readonly roles: Readonly<Record<(typeof roles)[number], { readonly name: string; readonly who: string }>>;
  taken(offered: string, sent: Content, delivered: Content, seconds: Content): Markup;
  readonly noWorker: string;
  workers(count: number, busiest: number): string;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'What one delivered message costs',
    amplification:
      'Amplification is how often a message is handled until it is delivered once: by brokers, by nodes that get it straight from another node, and as questions to a directory with their answers:',
    delivered: 'delivered',
    caption: 'CPU per delivered message',
    columns: { role: 'role', cpu: 'CPU, µs', who: 'who' },
    roles: {
      node: { name: 'node', who: 'all chat nodes' },
      broker: { name: 'broker', who: 'all brokers' },
      generator: { name: 'generator', who: 'the load workers; no part of the system' },
    },
    taken: (offered, sent, delivered, seconds) =>
      html`Taken at ${offered} messages/s offered, ${sent}/s sent and ${delivered}/s delivered, over ${seconds} s. CPU per message falls as the rate rises, so compare runs only at the same rate.`,
    noWorker: 'No load worker ran.',
    workers: (count, busiest) =>
      `The load came from ${figuresIn('en').counted(count, { one: 'worker', other: 'workers' })}, the busiest using ${figuresIn('en').hundredths(busiest)} of a core.`,
  },
  ru: {
    title: 'Во что обходится одно доставленное сообщение',
    amplification:
      'Усиление — сколько раз сообщение обрабатывается, прежде чем будет доставлено один раз: брокерами, узлами, получившими его прямо от другого узла, и в виде вопросов к справочнику с ответами на них:',
    delivered: 'доставлено',
    caption: 'Процессорное время на доставленное сообщение',
    columns: { role: 'роль', cpu: 'ЦП, мкс', who: 'кто' },
    roles: {
      node: { name: 'узел', who: 'все узлы чата' },
      broker: { name: 'брокер', who: 'все брокеры' },
      generator: { name: 'генератор', who: 'генераторы нагрузки; к системе не относятся' },
    },
    taken: (offered, sent, delivered, seconds) =>
      html`Снято при ${offered} предложенных, ${sent} отправленных и ${delivered} доставленных сообщениях в секунду, за ${seconds} с. С ростом частоты процессорное время на сообщение падает, поэтому сравнивайте прогоны только при равной частоте.`,
    noWorker: 'Генераторы нагрузки не запускались.',
    workers: (count, busiest) =>
      `Нагрузку создавали генераторы (${figuresIn('ru').whole(count)}); самый занятый использовал ${figuresIn('ru').hundredths(busiest)} ядра.`,
  },
};

/** What one delivered message takes: messages, and CPU. */
export function costSection(result: Result, language: Language): Section {
  const { title, caption, columns, roles: names } = words[language];
  return {
    id: 'cost',
    title,
    body: html`${amplification(result, language)}
${table({
  language,
  caption,
  rows: roles,
  columns: [
    { title: columns.role, text: (role) => names[role].name },
    { title: columns.cpu, figure: (role) => result.costUsPerDelivered[role], show: figuresIn(language).threeDigits },
    { title: columns.who, text: (role) => names[role].who },
  ],
})}
${rate(result, language)}`,
  };
}

function amplification(result: Result, language: Language): Markup {
  const { whole, hundredths } = figuresIn(language);
  const known = (text: string) => figure(text, undefined, language);
  const terms = handled(result, language).map(
    ([name, messages], index) => html`${index === 0 ? '' : ' + '}${name} ${known(whole(messages))}`,
  );
  return html`<p>${words[language].amplification}</p>
<p class="equation">(${terms}) / ${words[language].delivered} ${whole(result.counts.delivered)} = <strong>${known(hundredths(result.amplification))}</strong></p>`;
}

function rate({ rate: { offeredPerSecond, sentPerSecond, deliveredPerSecond, seconds }, workers }: Result, language: Language): Markup {
  const { whole, threeDigits } = figuresIn(language);
  const { taken, noWorker, workers: by } = words[language];
  const known = (text: string) => figure(text, undefined, language);
  const busiest = Math.max(...workers.map(({ coreShare }) => coreShare));
  return html`<p>${taken(whole(offeredPerSecond), known(whole(sentPerSecond)), known(whole(deliveredPerSecond)), known(threeDigits(seconds)))}</p>
<p>${workers.length === 0 ? noWorker : by(workers.length, busiest)}</p>`;
}
