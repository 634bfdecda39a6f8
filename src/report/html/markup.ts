import type { Language } from '../language.js';

/** Text that is HTML already. Everything else that is put into a template is escaped, so forgetting to is not possible. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | readonly Content[];

/** A template whose every value is escaped, unless it is Markup. Attribute values stand in double quotes. */
export function html(fixed: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(fixed.map((part, index) => part + (index < values.length ? textOf(values[index] ?? '') : '')).join(''));
}

export const nothing = html``;

/** What a result says itself, as it was recorded: a page in another language tells a screen reader that this is English. */
export function recorded(text: Content, language: Language): Content {
  return language === 'en' ? text : html`<span lang="en">${text}</span>`;
}

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escaped(String(content));
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** JSON that can end no script element and is JavaScript as well. */
export function jsonForScript(value: unknown): Markup {
  const text = JSON.stringify(value);
  return new Markup(text.replaceAll(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
