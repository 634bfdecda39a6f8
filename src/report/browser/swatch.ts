import type { ChartDataset } from 'chart.js/auto';

/** The markers of lines, as paths in a box of 16. */
const paths: Readonly<Record<string, string>> = {
  circle: 'M8 3a5 5 0 1 0 .01 0z',
  rect: 'M4 4h8v8H4z',
  triangle: 'M8 3l5 9H3z',
  rectRot: 'M8 2l6 6-6 6-6-6z',
  crossRot: 'M4 4l8 8M12 4l-8 8',
  cross: 'M8 2v12M2 8h12',
  star: 'M4 4l8 8M12 4l-8 8M8 2v12M2 8h12',
};

/** How a dataset looks, for a legend. */
export function swatch(dataset: ChartDataset): Element {
  const { backgroundColor, borderColor, pointStyle } = dataset as unknown as Readonly<Record<string, unknown>>;
  const path = svg('path', {
    d: paths[String(pointStyle)] ?? paths.rect ?? '',
    fill: String(backgroundColor),
    stroke: String(borderColor ?? backgroundColor),
    'stroke-width': '2',
  });
  const box = svg('svg', { viewBox: '0 0 16 16', class: 'marker', 'aria-hidden': 'true' });
  box.append(path);
  return box;
}

function svg(name: string, attributes: Readonly<Record<string, string>>): Element {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
