import { sumKnown } from '../../measure/accounting.js';
import type { BrokerResult, Result } from '../../measure/result.js';
import { hasRelays } from '../loads.js';
import { hundredths, plural, threeDigits, whole } from '../numbers.js';
import { html, type Markup, nothing } from './markup.js';
import type { Section } from './section.js';
import { figure, table } from './table.js';

const roles = [
  { role: 'node', who: 'all chat nodes' },
  { role: 'broker', who: 'all brokers' },
  { role: 'generator', who: 'the load workers; no part of the system' },
] as const;

/** What one delivered message takes: messages through brokers, and CPU. */
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
  const total = (figureOf: (broker: BrokerResult) => number | null) => figure(whole(sumKnown(result.brokers.map(figureOf))));
  const relayed = hasRelays(result) ? html` + relayed ${total((broker) => broker.relayed)}` : nothing;
  return html`<p>Amplification is how often brokers handle a message until it is delivered once:</p>
<p class="equation">(in ${total((broker) => broker.in)}${relayed} + out ${total((broker) => broker.out)}) / delivered ${whole(result.counts.delivered)} = <strong>${figure(hundredths(result.amplification))}</strong></p>`;
}

function rate({ rate: { offeredPerSecond, sentPerSecond, deliveredPerSecond, seconds }, workers }: Result): Markup {
  return html`<p>Taken at ${whole(offeredPerSecond)} messages/s offered, ${figure(whole(sentPerSecond))}/s sent and ${figure(whole(deliveredPerSecond))}/s delivered, over ${figure(threeDigits(seconds))} s. CPU per message falls as the rate rises, so compare runs only at the same rate.</p>
<p>${workers.length === 0 ? 'No load worker ran.' : `The load came from ${plural(workers.length, 'worker')}, the busiest using ${hundredths(Math.max(...workers.map(({ coreShare }) => coreShare)))} of a core.`}</p>`;
}
