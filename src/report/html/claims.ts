import type { ClaimFigure } from '../../verdict/claims/figures.js';
import { type Claim, type ClaimPart, type Claims, claimsText, statusOfClaims } from '../claims.js';
import { claimChartId, claimsCharts } from '../claimsCharts.js';
import {
  claimInWords,
  countsInWords,
  criterionInWords,
  holdsInWords,
  measuredInWords,
  numberInWords,
  placeInWords,
  statementOf,
  verdictInWords,
} from '../claimsInWords.js';
import { claimsInRussian, claimsWords } from '../claimsWords.js';
import { csv } from '../csv/index.js';
import type { Language } from '../language.js';
import { claimsExercises } from '../severalExercises.js';
import { documentOf } from './document.js';
import { downloadsOf } from './downloads.js';
import { exercisesSection } from './exercises.js';
import { chartFigure } from './figures.js';
import { glossarySection } from './glossary.js';
import { html, type Markup, nothing } from './markup.js';
import { methodSection } from './method.js';
import type { Section } from './section.js';
import { notRunLists, seriesHeader, seriesRepeat } from './series.js';
import { type Column, table } from './table.js';

/** The page that holds what the article says against what was measured. */
export function claimsPage(claims: Claims, language: Language = 'en'): string {
  const charts = claimsCharts(claims, language);
  const words = claimsWords[language];
  return documentOf({
    language,
    title: words.title,
    header: seriesHeader(claims, words.title, language),
    head: head(claims, language),
    sections: [
      ...exercisesSection(claimsExercises(claims, language), language),
      overview(claims, charts, language),
      ...claims.claims.map((claim) => claimSection(claim, charts, language)),
      figuresSection(claims, language),
      methodSection(claims, language),
      seriesRepeat(claims, language),
      downloadsOf(
        [
          { name: 'claims.json', kind: 'application/json', text: claimsText(claims) },
          { name: 'figures.csv', kind: 'text/csv', text: csv.claims(claims, language) },
        ],
        language,
      ),
      glossarySection(language),
    ],
    charts,
  });
}

function head(claims: Claims, language: Language): Markup {
  const words = claimsWords[language];
  return html`<section id="verdict" class="verdict ${statusOfClaims(claims)}" aria-labelledby="verdict-title">
<h2 id="verdict-title">${countsInWords(claims, language)}</h2>
<p class="headline">${words.lead}</p>
<p>${words.unlike}</p>
</section>
${notRunLists(claims, language)}`;
}

type Charts = Readonly<Record<string, unknown>>;

function overview({ claims }: Claims, charts: Charts, language: Language): Section {
  const { all, columns, chart } = claimsWords[language];
  const linked = ({ strategy }: Claim) =>
    charts[claimChartId(strategy)] === undefined ? nothing : html`<a href="#${claimChartId(strategy)}">${chart}: ${strategy}</a>`;
  return {
    id: 'claims',
    title: all,
    body: table({
      language,
      caption: all,
      rows: claims,
      columns: [
        { title: '', text: ({ strategy }) => html`<a href="#claim-${strategy}">${strategy}</a>` },
        { title: columns.claim, text: (claim) => claimInWords(claim, language) },
        { title: columns.verdict, text: ({ verdict }) => verdictInWords(verdict, language) },
        { title: chart, text: linked },
      ],
    }),
  };
}

function claimSection(claim: Claim, charts: Charts, language: Language): Section {
  const { strategy, verdict } = claim;
  const id = claimChartId(strategy);
  return {
    id: `claim-${strategy}`,
    title: `${strategy}: ${verdictInWords(verdict, language)}`,
    body: html`${quotation(claim, language)}
${charts[id] === undefined ? nothing : chartFigure(id, claimsWords[language].chart, language)}
${partsTable(claim, language)}`,
  };
}

function quotation(claim: Claim, language: Language): Markup {
  const { articleSays } = claimsWords[language];
  const section = claimsInRussian[claim.strategy]?.section;
  const cite = section === undefined ? articleSays : html`${articleSays} (<cite lang="ru">${section}</cite>)`;
  return html`<p>${cite}: <q>${claimInWords(claim, language)}</q></p>`;
}

/** What must be seen stands before what was. */
function partsTable({ strategy, parts }: Claim, language: Language): Markup {
  const { columns } = claimsWords[language];
  return table<ClaimPart>({
    language,
    caption: strategy,
    rows: parts,
    columns: [
      { title: columns.part, text: (part) => statementOf(part, language) },
      { title: columns.criterion, text: (part) => criterionInWords(part, language) },
      { title: columns.measured, text: (part) => measuredInWords(part, language) },
      { title: columns.holds, text: (part) => holdsInWords(part, language) },
    ],
  });
}

type Row = Claims['observed'][number];

/** Everything that was seen, also what no claim needed. */
function figuresSection({ observed }: Claims, language: Language): Section {
  const words = claimsWords[language];
  const names = (Object.keys(words.figures) as ClaimFigure[]).filter((name) => observed.some(({ figures }) => figures[name] !== undefined));
  const place = (row: Row) => placeInWords(row, language);
  const columns = names.map(
    (name): Column<Row> => ({
      title: words.figures[name],
      figure: ({ figures }) => figures[name] ?? null,
      show: (value) => numberInWords(value, language),
    }),
  );
  const linked = (row: Row) => (row.folder === null ? place(row) : html`<a href="${row.folder}/report.html">${place(row)}</a>`);
  return {
    id: 'figures',
    title: words.runs,
    body: table({ language, caption: words.runs, rows: observed, columns: [{ title: words.run, text: linked }, ...columns] }),
  };
}
