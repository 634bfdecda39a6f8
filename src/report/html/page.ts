import type { Result } from '../../measure/result.js';
import { rateInWords, scenarioInWords, sizesInWords, sourceInWords } from '../describe.js';
import type { Language } from '../language.js';
import { accountingSection } from './accounting.js';
import { answersSections } from './answers.js';
import { brokersSection } from './brokers.js';
import { costSection } from './cost.js';
import { countsSection } from './counts.js';
import { documentOf } from './document.js';
import { chartsOf } from './figures.js';
import { glossarySection } from './glossary.js';
import { latencySection } from './latency.js';
import { html, type Markup } from './markup.js';
import { nodesSection } from './nodes.js';
import { repeatSection } from './repeat.js';
import type { Section } from './section.js';
import { topologySection } from './topology.js';
import { unknownsSection } from './unknowns.js';
import { verdictHead } from './verdict.js';

/** The whole page of one result. */
export function page(result: Result, language: Language = 'en'): string {
  return documentOf({
    language,
    title: `${result.plan.strategy.name}: ${result.verdict.status}`,
    header: header(result),
    head: verdictHead(result),
    sections: sectionsOf(result, language),
    charts: chartsOf(result),
  });
}

function sectionsOf(result: Result, language: Language): readonly Section[] {
  return [
    ...answersSections(result),
    countsSection(result, language),
    topologySection(result),
    nodesSection(result),
    brokersSection(result),
    latencySection(result, language),
    costSection(result),
    accountingSection(result),
    unknownsSection(result),
    repeatSection(result),
    glossarySection(),
  ];
}

function header(result: Result): Markup {
  return html`<header>
<p class="eyebrow">bench · ${sourceInWords(result)} · <time datetime="${result.startedAt}">${result.startedAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<h1>${result.plan.strategy.name}</h1>
<p class="setting">${sizesInWords(result)} · ${rateInWords(result)} · ${scenarioInWords(result)}</p>
</header>`;
}
