import type { Result } from '../../measure/result.js';
import { rateInWords, scenarioInWords, sizesInWords, sourceInWords, statusWordsIn } from '../describe.js';
import type { Language } from '../language.js';
import type { Prospect } from '../prospect.js';
import { runExercises } from '../runExercises.js';
import { accountingSection } from './accounting.js';
import { answersSections } from './answers.js';
import { brokersSection } from './brokers.js';
import { costSection } from './cost.js';
import { countsSection } from './counts.js';
import { documentOf } from './document.js';
import { downloadsSection } from './downloads.js';
import { exercisesSection } from './exercises.js';
import { chartsOf } from './figures.js';
import { followedSection } from './followed.js';
import { glossarySection } from './glossary.js';
import { latencySection } from './latency.js';
import { html, type Markup } from './markup.js';
import { methodSection } from './method.js';
import { nodesSection } from './nodes.js';
import { outlookSections } from './outlook.js';
import { repeatSection } from './repeat.js';
import type { Section } from './section.js';
import { timelineSections } from './timeline.js';
import { topologySection } from './topology.js';
import { unknownsSection } from './unknowns.js';
import { verdictHead } from './verdict.js';

/** The whole page of one result. */
export function page(result: Result, language: Language = 'en', prospect?: Prospect): string {
  return documentOf({
    language,
    title: `${result.plan.strategy.name}: ${statusWordsIn(language)[result.verdict.status].word}`,
    header: header(result, language),
    head: verdictHead(result, language),
    sections: sectionsOf(result, language, prospect),
    charts: chartsOf(result, language),
  });
}

function sectionsOf(result: Result, language: Language, prospect: Prospect | undefined): readonly Section[] {
  return [
    ...answersSections(result, language),
    countsSection(result, language),
    topologySection(result, language),
    ...followedSection(result, language),
    nodesSection(result, language),
    brokersSection(result, language),
    latencySection(result, language),
    ...timelineSections(result, language),
    costSection(result, language),
    accountingSection(result, language),
    unknownsSection(result, language),
    ...prospectSections(prospect, language),
    methodSection(result, language),
    repeatSection(result, language),
    downloadsSection(result, language),
    glossarySection(language),
  ];
}

/** What would be otherwise: to be predicted, then to be tried. */
function prospectSections(prospect: Prospect | undefined, language: Language): readonly Section[] {
  if (prospect === undefined) return [];
  const exercises = exercisesSection(runExercises(prospect, language), language);
  return [...exercises, ...outlookSections([prospect], 'run', language)];
}

function header(result: Result, language: Language): Markup {
  const { startedAt, plan } = result;
  return html`<header>
<p class="eyebrow">bench · ${sourceInWords(result, language)} · <time datetime="${startedAt}">${startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<h1 lang="en">${plan.strategy.name}</h1>
<p class="setting">${sizesInWords(result, language)} · ${rateInWords(result, language)} · ${scenarioInWords(result, language)}</p>
</header>`;
}
