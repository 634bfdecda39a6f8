import { type Compared, type Comparison, perMessage, trafficFigures } from '../comparison.js';
import { comparisonCharts } from '../comparisonCharts.js';
import { embeddedLong, joinWindowInWords, sourceInWords, statusWords } from '../describe.js';
import { hundredths, plural, threeDigits } from '../numbers.js';
import { documentOf } from './document.js';
import { chartFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import { unbroken } from './repeat.js';
import { list, pairs, type Section, warning } from './section.js';
import { type Column, table } from './table.js';

/** The page that compares several strategies under one load; every row leads to the page of its run. */
export function comparisonPage(comparison: Comparison): string {
  const drawn = Object.entries(comparisonCharts(comparison)).filter(([, { data }]) => data.datasets.length > 0);
  return documentOf({
    title: `${plural(comparison.runs.length, 'strategy', 'strategies')} compared`,
    header: header(comparison),
    head: head(comparison),
    sections: [messagesSection(comparison), costSection(comparison), repeatSection(comparison)],
    charts: Object.fromEntries(drawn),
  });
}

function header({ startedAt, source, scenario, rooms, rate, machine }: Comparison): Markup {
  return html`<header>
<p class="eyebrow">bench · ${sourceInWords({ source })} · <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<h1>Strategies compared</h1>
<p class="setting">scenario ${scenario}, rooms by ${rooms} · ${rate}${machine === null ? nothing : html` · ${machine}`}</p>
</header>`;
}

const name: Column<Compared> = { title: 'strategy', text: ({ strategy, folder }) => html`<a href="${folder}/report.html">${strategy}</a>` };

function head(comparison: Comparison): Markup {
  const { runs, leftOut, failed } = comparison;
  const reasons = runs.flatMap(({ strategy, reasons: why }) => why.map((reason) => html`<strong>${strategy}</strong>: ${reason}`));
  const passed = runs.filter(({ status }) => status === 'pass').length;
  const tone = failed.length > 0 || runs.some(({ status }) => status === 'fail') ? 'fail' : passed === runs.length ? 'pass' : 'unknown';
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${statusWords[tone].mark}</span> ${passed} of ${plural(runs.length + failed.length, 'strategy', 'strategies')} passed</h2>
<p class="headline">Each was given the same messages, one after the other, on the same machine.</p>
${reasons.length === 0 ? nothing : list(reasons)}
</section>
${runs.some(({ embedded }) => embedded) ? warning('Embedded broker', embeddedLong) : nothing}
${joinWindows(runs)}${notRun('Ended without a result', failed)}${notRun('Left out', leftOut)}`;
}

function joinWindows(runs: readonly Compared[]): Markup {
  const windows = runs.flatMap(({ strategy, joinWindowMsMax }) =>
    joinWindowInWords(joinWindowMsMax).map((words): readonly [string, string] => [strategy, words]),
  );
  return windows.length === 0 ? nothing : html`<h3>Lost after a join</h3>${pairs(windows)}`;
}

function notRun(title: string, of: Comparison['leftOut']): Markup {
  return of.length === 0 ? nothing : html`<h3>${title}</h3>${pairs(of.map(({ strategy, why }) => [strategy, why]))}`;
}

function messagesSection({ runs }: Comparison): Section {
  return {
    id: 'messages',
    title: 'What one message costs in messages',
    body: html`<p>Amplification is how often a message is handled until it is delivered once: in, relayed and out of all brokers, hops straight from node to node, questions to a directory and their answers, divided by what was delivered. It does not depend on the machine.</p>
${chartFigure('chart-amplification', 'Amplification of each strategy as bars')}
${table({
  caption: 'Messages through all brokers, from node to node and to directories, for each message sent',
  rows: runs,
  columns: [
    name,
    { title: 'verdict', text: ({ status }) => `${statusWords[status].mark} ${statusWords[status].word}` },
    { title: 'sent', figure: ({ sent }) => sent },
    { title: 'delivered', figure: ({ delivered }) => delivered },
    { title: 'lost', figure: ({ lost }) => lost },
    ...trafficFigures.map((title): Column<Compared> => ({ title, figure: (run) => perMessage(run, title), show: hundredths })),
    { title: 'amplification', figure: ({ amplification }) => amplification, show: hundredths },
  ],
})}`,
  };
}

function costSection({ runs }: Comparison): Section {
  return {
    id: 'cost',
    title: 'What it costs in time',
    body: html`<p>Of this machine at this rate, one run each: directions, not promises. CPU per message falls as the rate rises.</p>
${chartFigure('chart-cost', 'CPU per delivered message of each strategy as bars, nodes and brokers')}
${table({
  caption: 'CPU per delivered message, µs, and times, ms',
  rows: runs,
  columns: [
    name,
    ...(['node', 'broker', 'generator'] as const).map(
      (role): Column<Compared> => ({
        title: `CPU ${role}`,
        figure: ({ costUsPerDelivered }) => costUsPerDelivered[role],
        show: threeDigits,
      }),
    ),
    { title: 'response p50', figure: ({ responseMs }) => responseMs.p50, show: threeDigits },
    { title: 'response p99', figure: ({ responseMs }) => responseMs.p99, show: threeDigits },
    ...joinColumn(runs),
    { title: 'size', text: ({ size }) => size },
  ],
})}`,
  };
}

/** Where everybody waits there is nothing to show. */
function joinColumn(runs: readonly Compared[]): readonly Column<Compared>[] {
  if (runs.every(({ joinWindowMsMax }) => joinWindowMsMax === null)) return [];
  const show = (windowMsMax: number | null) => (windowMsMax === null ? 'none' : threeDigits(windowMsMax));
  return [{ title: 'join window', figure: ({ joinWindowMsMax }) => joinWindowMsMax, show }];
}

function repeatSection({ command, commit, seed }: Comparison): Section {
  return {
    id: 'repeat',
    title: 'Run it again',
    body: html`<pre tabindex="0" aria-label="Command that repeats this comparison"><code>${unbroken(command)}</code></pre>
${pairs([
  ['seed', String(seed)],
  ['commit', commit ?? 'not known'],
])}`,
  };
}
