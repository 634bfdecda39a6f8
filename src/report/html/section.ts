import { type Content, html, type Markup } from './markup.js';

/** A part of the page: the list of contents is made of these. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export function sectionOf({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>\n`;
}

export function list(items: readonly Content[]): Markup {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** Pairs of a word and what it stands for. */
export function pairs(of: readonly (readonly [Content, Content])[]): Markup {
  return html`<dl>${of.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}

/** A box that must not be overlooked. */
export function warning(title: string, body: Content): Markup {
  return html`<aside class="warning" role="note"><strong>${title}</strong><p>${body}</p></aside>`;
}
