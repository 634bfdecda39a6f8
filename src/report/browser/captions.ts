import type { Chart, ChartDataset } from 'chart.js/auto';
import { legendOf } from '../legend.js';
import { swatch } from './swatch.js';

/** What a picture has inside of it, a page says beside the canvas: there it wraps, and leaves the canvas to bars and lines. Charts side by side have one legend. */
export function captionCharts(charts: readonly Chart[]): void {
  const groups = new Map<Element, Chart[]>();
  for (const chart of charts) {
    const place = placeOf(chart.canvas);
    groups.set(place, [...(groups.get(place) ?? []), chart]);
  }
  for (const [place, group] of groups) {
    const common =
      group.length > 1 ? subtitlesOf(group[0]).filter((line) => group.every((chart) => subtitlesOf(chart).includes(line))) : [];
    for (const chart of group) chart.canvas.closest('figure')?.prepend(caption(chart, common));
    const legend = [...lines(common), ...keys(group)];
    if (group.length > 1) place.before(...legend);
    else (group[0]?.canvas.closest('figure') ?? place).append(...legend);
  }
}

/** The figure, or the place of several. */
function placeOf(canvas: HTMLCanvasElement): Element {
  const several = canvas.closest('.charts');
  return several !== null && several.children.length > 1 ? several : (canvas.closest('figure') ?? canvas);
}

function subtitlesOf(chart: Chart | undefined): readonly string[] {
  return wordsOf(chart?.config.options?.plugins?.subtitle?.text);
}

function wordsOf(text: string | readonly (string | undefined)[] = []): readonly string[] {
  return typeof text === 'string' ? [text] : text.flatMap((line) => line ?? []);
}

function caption(chart: Chart, common: readonly string[]): HTMLElement {
  const title = element('strong', wordsOf(chart.config.options?.plugins?.title?.text).join(' '));
  const own = subtitlesOf(chart).filter((line) => !common.includes(line));
  return element('figcaption', title, ...lines(own));
}

function lines(of: readonly string[]): readonly HTMLElement[] {
  return of.length === 0 ? [] : [Object.assign(element('p', of.join(' · ')), { className: 'meaning' })];
}

/** Nothing where there is but one. */
function keys(charts: readonly Chart[]): readonly HTMLElement[] {
  const datasets = new Map<string, ChartDataset>();
  for (const chart of charts)
    for (const [name, [first = 0]] of legendOf(chart.data.datasets as never)) {
      const known = chart.data.datasets[first];
      if (known !== undefined && !datasets.has(name)) datasets.set(name, known);
    }
  return datasets.size < 2 ? [] : [list([...datasets].map(([name, dataset]) => key(name, dataset, charts)))];
}

/** Hides what it stands for in all charts of the legend, and shows it again. */
function key(name: string, dataset: ChartDataset, charts: readonly Chart[]): HTMLElement {
  const button = element('button', swatch(dataset), ` ${name}`);
  button.setAttribute('type', 'button');
  button.setAttribute('aria-pressed', 'true');
  button.addEventListener('click', () => {
    const shown = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(shown));
    for (const chart of charts) show(chart, name, shown);
  });
  return element('li', button);
}

function show(chart: Chart, name: string, shown: boolean): void {
  for (const index of legendOf(chart.data.datasets as never).get(name) ?? []) chart.setDatasetVisibility(index, shown);
  chart.update('none');
}

function list(items: readonly HTMLElement[]): HTMLElement {
  return Object.assign(element('ul', ...items), { className: 'legend' });
}

function element(name: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
