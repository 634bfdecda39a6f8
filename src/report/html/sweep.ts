import { pointInWords } from '../../plan/variation.js';
import { embeddedLong, statusWords } from '../describe.js';
import { exponentInWords, growthFigureNames, growthFigures } from '../growthFigures.js';
import type { Language } from '../language.js';
import { plural } from '../numbers.js';
import type { Growth, GrowthFigure, Sweep, SweepPoint } from '../sweep.js';
import { sweepCharts } from '../sweepCharts.js';
import { documentOf } from './document.js';
import { chartFigure } from './figures.js';
import { html, type Markup, nothing } from './markup.js';
import { list, type Section, warning } from './section.js';
import { notRunList, seriesHeader, seriesRepeat } from './series.js';
import { type Column, table } from './table.js';

/** The page that shows how figures grow; every point leads to the page of its run. */
export function sweepPage(sweep: Sweep, language: Language = 'en'): string {
  const variables = sweep.vary.map(({ name }) => name).join(' and ');
  return documentOf({
    language,
    title: `Growth with ${variables}`,
    header: seriesHeader(sweep, `Growth with ${variables}`),
    head: head(sweep),
    sections: [growthSection(sweep), figuresSection(sweep), seriesRepeat(sweep, 'sweep')],
    charts: sweepCharts(sweep),
  });
}

function head({ points, added, leftOut, failed }: Sweep): Markup {
  const passed = points.filter(({ status }) => status === 'pass').length;
  const tone = failed.length > 0 || points.some(({ status }) => status === 'fail') ? 'fail' : passed === points.length ? 'pass' : 'unknown';
  const reasons = points.flatMap(({ strategy, at, reasons: why }) =>
    why.map((reason) => html`<strong>${strategy}, ${pointInWords(at)}</strong>: ${reason}`),
  );
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${statusWords[tone].mark}</span> ${passed} of ${plural(points.length + failed.length, 'run')} passed</h2>
<p class="headline">Each strategy was given the same messages at every size; nothing but the size changed.</p>
${reasons.length === 0 ? nothing : list(reasons)}
</section>
${points.some(({ embedded }) => embedded) ? warning('Embedded broker', embeddedLong) : nothing}
${notRunList('Ended without a result', failed)}${notRunList('Added', added)}${notRunList('Left out', leftOut)}`;
}

function growthSection(sweep: Sweep): Section {
  return {
    id: 'growth',
    title: 'How each figure grows',
    body: html`<p>A figure grows as this power of the variable, by least squares on logarithms, ± the standard error of the fit: 0 stays as it is, 1 doubles when the variable doubles, −1 halves. In the charts, whose axes are logarithmic, a power is a straight line.</p>
${Object.keys(sweepCharts(sweep)).map((id) => chartFigure(id, 'A figure of each strategy as a line over the variable'))}
${table({ caption: 'Exponents', rows: rowsOf(sweep), columns: growthColumns })}`,
  };
}

/** Strategies beneath each other, figure by figure. */
function rowsOf(sweep: Sweep): readonly Growth[] {
  return shownFigures(sweep).flatMap((name) => sweep.growth.filter(({ figure }) => figure === name));
}

/** Without what is known of none of them, as CPU in a simulation. */
function shownFigures({ points }: Sweep): readonly GrowthFigure[] {
  return growthFigureNames.filter((name) => points.some(({ figures }) => figures[name] !== null));
}

const growthColumns: readonly Column<Growth>[] = [
  { title: 'figure', text: ({ figure }) => growthFigures[figure].title },
  { title: 'strategy', text: ({ strategy }) => strategy },
  { title: 'against', text: ({ against }) => against },
  {
    title: 'exponent',
    figure: ({ exponent }) => exponent,
    show: (exponent) => exponentInWords(exponent, null),
    why: ({ why }) => why,
  },
  { title: 'error', figure: ({ error }) => error, show: (error) => exponentInWords(error, null) },
];

function figuresSection(sweep: Sweep): Section {
  return {
    id: 'figures',
    title: 'The figures at each size',
    body: table({
      caption: 'Counts are exact; CPU, time and memory are of this machine',
      rows: sweep.points,
      columns: [
        { title: 'run', text: ({ strategy, folder }) => html`<a href="${folder}/report.html">${strategy}</a>` },
        { title: 'at', text: ({ at }) => pointInWords(at) },
        { title: 'verdict', text: ({ status }) => `${statusWords[status].mark} ${statusWords[status].word}` },
        ...shownFigures(sweep).map(
          (name): Column<SweepPoint> => ({
            title: growthFigures[name].title,
            figure: ({ figures }) => figures[name],
            show: growthFigures[name].show,
          }),
        ),
      ],
    }),
  };
}
