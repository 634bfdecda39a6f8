/**
 * What runs in the page: it draws the charts in the colours of the page's theme, and in those of paper while printing.
 * Text and not a function, because the policy names its hash and the compiler must not touch it.
 */
export const script = `
'use strict';
(() => {
  const configurations = JSON.parse(document.getElementById('charts').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = [];
  const paint = (isDark) => {
    Chart.defaults.color = isDark ? '#d1d7e0' : '#3b424a';
    Chart.defaults.borderColor = isDark ? '#3d444d' : '#d8dee4';
    for (const chart of charts) chart.update('none');
  };
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  paint(dark.matches);
  for (const [id, configuration] of Object.entries(configurations)) {
    const canvas = document.getElementById(id);
    canvas.closest('figure').hidden = false;
    charts.push(new Chart(canvas, configuration));
  }
  dark.addEventListener('change', () => paint(dark.matches));
  addEventListener('beforeprint', () => {
    paint(false);
    for (const chart of charts) chart.resize(660, 300);
  });
  addEventListener('afterprint', () => {
    for (const chart of charts) chart.resize();
    paint(dark.matches);
  });
})();
`;
