import { createHash } from 'node:crypto';
import type { BarChart, LineChart } from '../charts.js';
import type { InEveryLanguage, Language } from '../language.js';
import { html, jsonForScript, Markup } from './markup.js';
import { pageScript } from './script.js';
import { type Section, sectionOf } from './section.js';
import { style } from './style.js';

const words: InEveryLanguage<{ readonly skip: string; readonly contents: string }> = {
  en: { skip: 'Skip to the verdict', contents: 'Contents' },
  ru: { skip: 'Перейти к вердикту', contents: 'Содержание' },
};

export interface Document {
  /** Absent: English. */
  readonly language?: Language;
  readonly title: string;
  readonly header: Markup;
  /** What a reader must see first; it has the id `verdict`. */
  readonly head: Markup;
  readonly sections: readonly Section[];
  /** Drawn on the canvas of the same id. */
  readonly charts: Readonly<Record<string, BarChart | LineChart>>;
}

/** A page that needs nothing but itself. What runs or paints on it is named by its hash in the policy; nothing else may. */
export function documentOf({ language = 'en', title, header, head, sections, charts }: Document): string {
  const script = pageScript();
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy([script], [style])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · bench</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#verdict">${words[language].skip}</a>
${header}
<main>
${head}
${contents(sections, words[language].contents)}
${sections.map(sectionOf)}
</main>
<script type="application/json" id="charts">${jsonForScript(charts)}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function contents(sections: readonly Section[], label: string): Markup {
  return html`<nav aria-label="${label}"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

function policy(scripts: readonly string[], styles: readonly string[]): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  return `default-src 'none'; script-src ${hashes(scripts)}; style-src ${hashes(styles)}; base-uri 'none'; form-action 'none'`;
}
