import type { Result } from '../../measure/result.js';
import { handled } from '../describe.js';
import { hundredths, plural, threeDigits, whole } from '../numbers.js';
import { html, type Markup } from './markup.js';
import type { Section } from './section.js';
import { figure, table } from './table.js';

const roles = [
  { role: 'node', who: 'all chat nodes' },
  { role: 'broker', who: 'all brokers' },
  { role: 'generator', who: 'the load workers; no part of the system' },
] as const;

/** What one delivered message takes: messages, and CPU. */
export function costSection(result: Result): Section {
  return {
    id: 'cost',
    title: 'What one delivered message costs',
    body: html`${amplification(result)}
${table({
  caption: 'CPU per delivered message',
  rows: roles,
  columns: [
    { title: 'role', text: ({ role }) => role },
    { title: 'CPU, µs', figure: ({ role }) => result.costUsPerDelivered[role], show: threeDigits },
    { title: 'who', text: ({ who }) => who },
  ],
})}
${rate(result)}`,
  };
}

function amplification(result: Result): Markup {
  const terms = handled(result).map(([name, messages], index) => html`${index === 0 ? '' : ' + '}${name} ${figure(whole(messages))}`);
  return html`<p>Amplification is how often a message is handled until it is delivered once: by brokers, by nodes that get it straight from another node, and as questions to a directory with their answers:</p>
<p class="equation">(${terms}) / delivered ${whole(result.counts.delivered)} = <strong>${figure(hundredths(result.amplification))}</strong></p>`;
}

function rate({ rate: { offeredPerSecond, sentPerSecond, deliveredPerSecond, seconds }, workers }: Result): Markup {
  return html`<p>Taken at ${whole(offeredPerSecond)} messages/s offered, ${figure(whole(sentPerSecond))}/s sent and ${figure(whole(deliveredPerSecond))}/s delivered, over ${figure(threeDigits(seconds))} s. CPU per message falls as the rate rises, so compare runs only at the same rate.</p>
<p>${workers.length === 0 ? 'No load worker ran.' : `The load came from ${plural(workers.length, 'worker')}, the busiest using ${hundredths(Math.max(...workers.map(({ coreShare }) => coreShare)))} of a core.`}</p>`;
}
