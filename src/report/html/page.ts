import { createHash } from 'node:crypto';
import type { Result } from '../../measure/result.js';
import { rateInWords, scenarioInWords, sizesInWords, sourceInWords } from '../describe.js';
import { accountingSection } from './accounting.js';
import { brokersSection } from './brokers.js';
import { chartLibrary } from './chartLibrary.js';
import { costSection } from './cost.js';
import { countsSection } from './counts.js';
import { chartsOf } from './figures.js';
import { glossarySection } from './glossary.js';
import { latencySection } from './latency.js';
import { html, jsonForScript, Markup } from './markup.js';
import { nodesSection } from './nodes.js';
import { repeatSection } from './repeat.js';
import { script } from './script.js';
import { type Section, sectionOf } from './section.js';
import { style } from './style.js';
import { topologySection } from './topology.js';
import { unknownsSection } from './unknowns.js';
import { verdictHead } from './verdict.js';

/** The whole page of one result. What runs or paints on it is named by its hash in the policy; nothing else may. */
export function page(result: Result): string {
  const library = chartLibrary();
  const sections = sectionsOf(result);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy([library, script], [style])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${result.plan.strategy.name}: ${result.verdict.status} · bench</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
${header(result)}
<main>
${verdictHead(result)}
${contents(sections)}
${sections.map(sectionOf)}
</main>
<script type="application/json" id="charts">${jsonForScript(chartsOf(result))}</script>
<script>${new Markup(library)}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function sectionsOf(result: Result): readonly Section[] {
  return [
    countsSection(result),
    topologySection(result),
    nodesSection(result),
    brokersSection(result),
    latencySection(result),
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

function contents(sections: readonly Section[]): Markup {
  return html`<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

function policy(scripts: readonly string[], styles: readonly string[]): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  return `default-src 'none'; script-src ${hashes(scripts)}; style-src ${hashes(styles)}; base-uri 'none'; form-action 'none'`;
}
