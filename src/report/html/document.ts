import { createHash } from 'node:crypto';
import type { BarChart, LineChart } from '../charts.js';
import type { InEveryLanguage, Language } from '../language.js';
import { html, jsonForScript, Markup, nothing } from './markup.js';
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
  /** Drawn on the canvas of the same id. Absent: a page without a script. */
  readonly charts?: Readonly<Record<string, BarChart | LineChart>>;
  /** Its forms ask whoever serves it; absent: it has none. */
  readonly forms?: true;
}

/** A page that needs nothing but itself. What runs or paints on it is named by its hash in the policy; nothing else may. */
export function documentOf({ language = 'en', title, header, head, sections, charts, forms }: Document): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf({ charts, forms })}">
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
${charts === undefined ? nothing : scripts(charts)}
</body>
</html>
`.text;
}

function scripts(charts: NonNullable<Document['charts']>): Markup {
  return html`<script type="application/json" id="charts">${jsonForScript(charts)}</script>
<script>${new Markup(pageScript())}</script>`;
}

function contents(sections: readonly Section[], label: string): Markup {
  if (sections.length === 0) return nothing;
  return html`<nav aria-label="${label}"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
}

/** What such a page may do; whoever serves it says the same. */
export function policyOf({ charts, forms }: { readonly charts?: object | undefined; readonly forms?: true | undefined }): string {
  const scripts = charts === undefined ? `'none'` : hashOf(pageScript());
  return `default-src 'none'; script-src ${scripts}; style-src ${hashOf(style)}; base-uri 'none'; form-action ${forms ? `'self'` : `'none'`}`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
