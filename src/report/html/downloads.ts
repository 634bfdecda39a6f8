import type { Result } from '../../measure/result.js';
import { resultCsv } from '../figuresCsv.js';
import { resultText } from '../json.js';
import type { InEveryLanguage, Language } from '../language.js';
import { figuresIn } from '../numbers.js';
import { html, type Markup } from './markup.js';
import { list, type Section } from './section.js';

interface Words {
  readonly title: string;
  readonly body: string;
  readonly tooLarge: string;
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'Raw data',
    body: 'Everything on this page comes from these records. They are in the page itself: nothing is fetched.',
    tooLarge: 'too large for this page; it stands beside it, in the folder of the run',
  },
  ru: {
    title: 'Исходные данные',
    body: 'Всё на этой странице взято из этих записей. Они — в самой странице: ничего не загружается из сети.',
    tooLarge: 'слишком велик для страницы; лежит рядом с ней, в папке прогона',
  },
};

/** A file that a page holds. */
export interface Download {
  readonly name: string;
  readonly kind: 'application/json' | 'text/csv';
  readonly text: string;
}

/** Larger ones would make the page heavier than it may be. */
const mostBytes = 400_000;

export function downloadsSection(result: Result, language: Language): Section {
  return downloadsOf(
    [
      { name: 'result.json', kind: 'application/json', text: resultText(result) },
      { name: 'result.csv', kind: 'text/csv', text: resultCsv(result) },
    ],
    language,
  );
}

export function downloadsOf(files: readonly Download[], language: Language): Section {
  const { title, body } = words[language];
  return { id: 'downloads', title, body: html`<p>${body}</p>${list(files.map((file) => link(file, language)))}` };
}

/** Works from a disk and without JavaScript; a link that downloads is no request, so the policy stays as strict. */
function link({ name, kind, text }: Download, language: Language): Markup {
  const bytes = Buffer.from(text);
  const size = figuresIn(language).bytes(bytes.length);
  if (bytes.length > mostBytes) return html`<code>${name}</code> (${size}): ${words[language].tooLarge}`;
  return html`<a download="${name}" href="data:${kind};base64,${bytes.toString('base64')}"><code>${name}</code></a> (${size})`;
}
