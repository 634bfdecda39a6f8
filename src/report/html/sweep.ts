import type { Variable } from '../../plan/variation.js';
import { csv } from '../csv/index.js';
import { statusInWords, statusWordsIn } from '../describe.js';
import { describeWords } from '../describeWords.js';
import { exponentInWords, growthFigureNames, growthFigures } from '../growthFigures.js';
import type { Language } from '../language.js';
import { type Growth, type GrowthFigure, type Sweep, type SweepPoint, sweepText } from '../sweep.js';
import { againstInWords, chartId, sweepCharts } from '../sweepCharts.js';
import { sweepExercises } from '../sweepExercises.js';
import { placeInWords, variableWords } from '../variables.js';
import { documentOf } from './document.js';
import { downloadsOf } from './downloads.js';
import { exercisesSection } from './exercises.js';
import { chartFigure } from './figures.js';
import { glossarySection } from './glossary.js';
import { html, type Markup, nothing, recorded } from './markup.js';
import { methodSection } from './method.js';
import { outlookSections } from './outlook.js';
import { residualsSection } from './residuals.js';
import { list, type Section, warning } from './section.js';
import { notRunLists, seriesHeader, seriesRepeat } from './series.js';
import { sweepWords } from './sweepWords.js';
import { type Column, table } from './table.js';

/** The page that shows how figures grow; every point leads to the page of its run. */
export function sweepPage(sweep: Sweep, language: Language = 'en'): string {
  const words = sweepWords[language];
  const title = words.title(sweep.vary.map(({ name }) => variableWords[language][name]).join(words.and));
  return documentOf({
    language,
    title,
    header: seriesHeader(sweep, title, language),
    head: head(sweep, language),
    sections: [
      growthSection(sweep, language),
      ...residualsSection(sweep, language),
      figuresSection(sweep, language),
      ...exercisesSection(sweepExercises(sweep, language), language),
      ...outlookSections(sweep.outlooks ?? [], 'sweep', language),
      methodSection(sweep, language),
      seriesRepeat(sweep, language),
      downloadsOf(
        [
          { name: 'sweep.json', kind: 'application/json', text: sweepText(sweep) },
          { name: 'figures.csv', kind: 'text/csv', text: csv.sweep(sweep, language) },
        ],
        language,
      ),
      glossarySection(language),
    ],
    charts: sweepCharts(sweep, language),
  });
}

function head(sweep: Sweep, language: Language): Markup {
  const { points, failed } = sweep;
  const { passed: inWords, headline } = sweepWords[language];
  const passed = points.filter(({ status }) => status === 'pass').length;
  const tone = failed.length > 0 || points.some(({ status }) => status === 'fail') ? 'fail' : passed === points.length ? 'pass' : 'unknown';
  const reasons = points.flatMap(({ strategy, at, reasons: why }) =>
    why.map(
      (reason) => html`<strong>${recorded(strategy, language)}, ${placeInWords(at, language)}</strong>: ${recorded(reason, language)}`,
    ),
  );
  const { embedded } = describeWords[language];
  return html`<section id="verdict" class="verdict ${tone}" aria-labelledby="verdict-title">
<h2 id="verdict-title"><span class="badge" aria-hidden="true">${statusWordsIn(language)[tone].mark}</span> ${inWords(passed, points.length + failed.length)}</h2>
<p class="headline">${headline}</p>
${reasons.length === 0 ? nothing : list(reasons)}
</section>
${points.some((point) => point.embedded) ? warning(embedded.title, embedded.long) : nothing}
${notRunLists(sweep, language)}`;
}

function growthSection(sweep: Sweep, language: Language): Section {
  const { title, explained, caption } = sweepWords[language].growth;
  const charts = sweepCharts(sweep, language);
  return {
    id: 'growth',
    title,
    body: html`<p>${explained}</p>
${sweep.vary.map(({ name }) => chartsOver(name, charts, language))}
${table({ language, caption, rows: rowsOf(sweep), columns: growthColumns(language) })}`,
  };
}

/** Side by side, so that they have one legend. */
function chartsOver(along: Variable, charts: ReturnType<typeof sweepCharts>, language: Language): Markup {
  const { chart } = sweepWords[language].growth;
  const drawn = growthFigureNames.filter((name) => chartId(name, along) in charts);
  const described = (name: GrowthFigure) => `${growthFigures[name].titles[language]}, ${againstInWords(along, language)}: ${chart}`;
  return html`<div class="charts">${drawn.map((name) => chartFigure(chartId(name, along), described(name), language))}</div>`;
}

/** Strategies beneath each other, figure by figure. */
function rowsOf(sweep: Sweep): readonly Growth[] {
  return shownFigures(sweep).flatMap((name) => sweep.growth.filter(({ figure }) => figure === name));
}

/** Without what is known of none of them, as CPU in a simulation. */
export function shownFigures({ points }: Sweep): readonly GrowthFigure[] {
  return growthFigureNames.filter((name) => points.some(({ figures }) => figures[name] !== null));
}

function growthColumns(language: Language): readonly Column<Growth>[] {
  const { columns } = sweepWords[language];
  const show = (value: number | null) => exponentInWords(value, null, language);
  return [
    { title: columns.figure, text: ({ figure }) => growthFigures[figure].titles[language] },
    { title: columns.strategy, text: ({ strategy }) => recorded(strategy, language) },
    { title: columns.against, text: ({ against }) => variableWords[language][against] },
    { title: columns.exponent, figure: ({ exponent }) => exponent, show, why: ({ why }) => why },
    { title: columns.error, figure: ({ error }) => error, show },
  ];
}

function figuresSection(sweep: Sweep, language: Language): Section {
  const { figures: words, columns } = sweepWords[language];
  const link = ({ strategy, folder }: SweepPoint) => html`<a href="${folder}/report.html">${recorded(strategy, language)}</a>`;
  return {
    id: 'figures',
    title: words.title,
    body: table({
      language,
      caption: words.caption,
      rows: sweep.points,
      columns: [
        { title: columns.run, text: link },
        { title: columns.at, text: ({ at }) => placeInWords(at, language) },
        { title: columns.verdict, text: ({ status }) => statusInWords(status, language) },
        ...shownFigures(sweep).map(
          (name): Column<SweepPoint> => ({
            title: growthFigures[name].titles[language],
            figure: ({ figures }) => figures[name],
            show: (value) => growthFigures[name].show(value, language),
          }),
        ),
      ],
    }),
  };
}
