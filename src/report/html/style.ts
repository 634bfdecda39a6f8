import { exercisesStyle } from './exercisesStyle.js';
import { followedStyle } from './followed/style.js';

/** The look of the page. The colours are those of the charts; each is checked against both backgrounds, and none stands alone for a meaning. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #57606a; --page: #ffffff; --raised: #f6f8fa; --line: #d8dee4; --link: #0b5cad;
  --pass: #006b4f; --pass-back: #e3f5ef; --fail: #b03a00; --fail-back: #fdeee5; --unknown: #7a5200; --unknown-back: #fdf3dc;
  --blue: #0072B2; --sky: #3a9fdb; --green: #009E73; --orange: #c98a00; --vermillion: #D55E00; --purple: #b8578f;
  --heat-0: #ffffff; --heat-1: #e3eef9; --heat-2: #bcd7ee; --heat-3: #86b9e0; --heat-4: #1f68ad; --heat-5: #0b3364;
  --heat-text: #1f2328; --heat-contrast: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #a0aab5; --page: #0f1319; --raised: #171c24; --line: #333b46; --link: #6cb6ff;
    --pass: #4fd3a9; --pass-back: #0d2a22; --fail: #ff9a66; --fail-back: #351a0c; --unknown: #f2c25c; --unknown-back: #2e240d;
    --blue: #4ba3dc; --sky: #8fd0ff; --green: #2cc79a; --orange: #E69F00; --vermillion: #ff8a4a; --purple: #dd8fba;
    --heat-0: #0f1319; --heat-1: #14263a; --heat-2: #1b3b5c; --heat-3: #245584; --heat-4: #7cbcf5; --heat-5: #d4e9ff;
    --heat-text: #e6edf3; --heat-contrast: #0f1319;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere;
}
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .75rem; z-index: 1; }
h1 { margin: 0; font-size: clamp(1.75rem, 6vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; }
h2 { margin: 3rem 0 .75rem; font-size: 1.375rem; line-height: 1.25; letter-spacing: -.01em; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
/* A list of results, and every cost at a glance, are wide tables. */
body:has(form.filter), body:has(#heat) { max-width: 88rem; }
p { margin: .5rem 0; max-width: 46rem; }
code, pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; }
pre { padding: .75rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; overflow-x: auto; }
pre span { white-space: nowrap; }
.eyebrow, .setting { color: var(--quiet); margin: 0; }
.eyebrow { font-size: .875rem; margin-bottom: .25rem; }
.setting { margin: .375rem 0 1.25rem; max-width: none; }
nav { margin: 1.5rem 0 0; font-size: .875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .125rem 0; }
.verdict { padding: 1rem 1.25rem; border-radius: 10px; border: 1px solid var(--tone); border-left-width: 6px; background: var(--tone-back); }
.pass { --tone: var(--pass); --tone-back: var(--pass-back); }
.fail { --tone: var(--fail); --tone-back: var(--fail-back); }
.unknown { --tone: var(--unknown); --tone-back: var(--unknown-back); }
.unjudged { --tone: var(--quiet); --tone-back: var(--raised); }
.verdict h2 { margin: 0; color: var(--tone); text-transform: uppercase; letter-spacing: .04em; }
.badge { display: inline-block; width: 1.75rem; height: 1.75rem; line-height: 1.75rem; text-align: center; border-radius: 50%; font-size: 1.125rem; background: var(--tone); color: var(--page); }
.headline { margin: .5rem 0 0; font-size: 1.125rem; max-width: none; }
.verdict ul { margin: .5rem 0 0; padding-left: 1.25rem; }
.warning { margin: 1rem 0; padding: .75rem 1.25rem; border: 2px dashed var(--unknown); border-radius: 10px; background: var(--unknown-back); }
.warning strong { color: var(--unknown); text-transform: uppercase; letter-spacing: .04em; }
.warning p { margin: .25rem 0 0; max-width: none; }
.parts, .keys { display: grid; gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.parts { grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
.parts > li { padding: .625rem .875rem; border: 1px solid var(--line); border-top: 4px solid var(--tone); border-radius: 8px; }
.parts strong { display: block; color: var(--tone); }
.parts .question { font-size: .875rem; color: var(--quiet); }
.parts ul { margin: .375rem 0 0; padding-left: 1.125rem; font-size: .875rem; }
.keys { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); }
.keys > div { padding: .75rem .875rem; background: var(--raised); border-radius: 8px; }
.keys dt { font-size: .8125rem; font-weight: 600; color: var(--quiet); }
.keys dd { margin: 0; }
.value { display: block; font-size: 1.75rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.meaning { display: block; font-size: .8125rem; line-height: 1.35; color: var(--quiet); }
.equation { padding: .625rem 1rem; max-width: none; background: var(--raised); border-radius: 8px; font-variant-numeric: tabular-nums; }
figure { margin: 1.25rem 0; }
.chart { padding: .75rem; border: 1px solid var(--line); border-radius: 10px; }
.chart[hidden] { display: none; }
.chart .area { position: relative; height: 20rem; }
.chart figcaption { margin: 0 0 .5rem; }
.chart figcaption strong { display: block; color: var(--text); }
.chart figcaption p { margin: 0; max-width: none; }
.topology svg { display: block; width: 100%; max-width: 34rem; height: auto; }
.topology line, .topology path { fill: none; stroke: var(--line); stroke-width: 1.5; }
.topology .peer { stroke: #0072B2; }
.topology .relay { stroke: #E69F00; stroke-dasharray: 4 3; }
.topology rect { fill: var(--raised); stroke: var(--quiet); }
.topology .node rect { stroke: #0072B2; stroke-width: 1.5; }
.topology .broker rect, .topology .directory rect { stroke: #E69F00; stroke-width: 1.5; }
.topology .store rect, .topology .more rect { stroke-dasharray: 4 3; }
.topology text { font-size: 10.5px; fill: var(--quiet); }
.topology .name { font-size: 12.5px; font-weight: 650; fill: var(--text); }
.topology .mark { fill: var(--unknown); font-weight: 650; text-anchor: end; }
.topology .directory .mark { font-size: 9.5px; font-weight: 400; fill: var(--quiet); }
figcaption { margin-top: .625rem; font-size: .875rem; color: var(--quiet); }
.plots, .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 1.25rem; }
.charts .chart { margin: .625rem 0; min-width: 0; }
.charts .area { height: 16rem; }
.plot { margin: .625rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 10px; min-width: 0; }
.plot figcaption { margin: 0 0 .5rem; font-weight: 600; color: var(--text); }
.plot svg { display: block; width: 100%; height: auto; }
.plot .grid { stroke: var(--line); stroke-width: 1; }
.plot .tick { font-size: 12px; fill: var(--quiet); }
.plot .middle { text-anchor: middle; }
.plot .end { text-anchor: end; }
.plot path.line { fill: none; stroke-width: 2.25; stroke-linejoin: round; }
.plot .dashed { stroke-dasharray: 7 4; }
.blue { stroke: var(--blue); }
.sky { stroke: var(--sky); }
.green { stroke: var(--green); }
.orange { stroke: var(--orange); }
.vermillion { stroke: var(--vermillion); }
.purple { stroke: var(--purple); }
.plot line.mark { stroke: var(--fail); stroke-width: 1.5; stroke-dasharray: 2 3; }
.plot text.mark { font-size: 12px; font-weight: 700; fill: var(--fail); }
.legend { display: flex; flex-wrap: wrap; gap: .125rem 1rem; margin: .375rem 0 0; padding: 0; list-style: none; font-size: .8125rem; color: var(--quiet); }
.legend button { padding: 0; min-height: 1.5rem; border: 0; background: none; font-weight: 400; text-align: left; }
.legend button[aria-pressed="false"] { text-decoration: line-through; }
.legend .marker { width: 1rem; height: 1rem; vertical-align: middle; }
.legend .swatch { display: inline-block; width: 1.75rem; height: .625rem; vertical-align: middle; }
.marks { margin: .375rem 0 0; padding-left: 1.5rem; font-size: .8125rem; color: var(--fail); }
.heat-0 { background: var(--heat-0); color: var(--heat-text); }
.heat-1 { background: var(--heat-1); color: var(--heat-text); }
.heat-2 { background: var(--heat-2); color: var(--heat-text); }
.heat-3 { background: var(--heat-3); color: var(--heat-text); }
.heat-4 { background: var(--heat-4); color: var(--heat-contrast); }
.heat-5 { background: var(--heat-5); color: var(--heat-contrast); }
.heat-legend { display: flex; flex-wrap: wrap; gap: .25rem; margin: -.5rem 0 1.25rem; padding: 0; list-style: none; font-size: .8125rem; }
.heat-legend li { padding: .125rem .625rem; border-radius: 4px; }
.heat-legend li:first-child { padding-left: 0; }
.heat-legend .heat-0, .heat-legend .heat-none { border: 1px solid var(--line); }
.frame { margin: 1.25rem 0; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
caption { padding: .625rem 0; text-align: left; font-weight: 600; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.25rem); padding: 0 .875rem; }
th, td { padding: .4375rem .875rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: break-word; }
thead th { vertical-align: bottom; font-weight: 600; color: var(--quiet); }
th.figure, td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.figure { white-space: normal; min-width: 4.75rem; }
td.words { min-width: 6rem; }
/* Many columns move together, so that more of them are in sight. */
.frame.wide th, .frame.wide td { padding-inline: .5rem; }
tbody th { font-weight: 600; min-width: 9rem; max-width: 22rem; }
tbody th, tfoot th { position: sticky; left: 0; background: var(--page); }
tfoot th, tfoot td { font-weight: 650; border-top: 2px solid var(--line); background: var(--page); }
tr.differs td, tr.differs th { background: var(--fail-back); color: var(--fail); font-weight: 600; }
abbr.unknown { color: var(--quiet); text-decoration: none; }
section > dl > div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1rem; padding: .4375rem 0; border-top: 1px solid var(--line); }
section > dl dt { font-weight: 600; }
section > dl dd { margin: 0; }
.filter { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1rem 0; font-size: .875rem; }
input, select, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 6px; padding: .25rem .5rem; min-height: 1.75rem; }
input[type="checkbox"], input[type="radio"] { width: 1.5rem; height: 1.5rem; margin: .125rem; vertical-align: middle; }
button { font-weight: 600; cursor: pointer; background: var(--raised); }
${followedStyle}${exercisesStyle}@media (max-width: 40rem) {
  section > dl > div { grid-template-columns: 1fr; }
  .chart { padding: .375rem; }
  .plot .tick, .plot text.mark { font-size: 15px; }
  .keys { grid-template-columns: 1fr 1fr; }
  .keys > div:last-child:nth-child(odd) { grid-column: 1 / -1; }
  th, td { padding: .4375rem .625rem; }
  /* The head of a row stays in sight beside what it is the head of. */
  tbody th { min-width: 6.5rem; max-width: 40vw; }
}
@page wide { size: A4 landscape; margin: 1cm; }
@media print {
  :root {
    --text: #000; --quiet: #444; --page: #fff; --raised: #f6f8fa; --line: #bbb; --link: #000;
    --pass: #006b4f; --pass-back: #fff; --fail: #b03a00; --fail-back: #fff; --unknown: #7a5200; --unknown-back: #fff;
    --blue: #0072B2; --sky: #3a9fdb; --green: #009E73; --orange: #c98a00; --vermillion: #D55E00; --purple: #b8578f;
    --heat-0: #ffffff; --heat-1: #e3eef9; --heat-2: #bcd7ee; --heat-3: #86b9e0; --heat-4: #1f68ad; --heat-5: #0b3364;
    --heat-text: #1f2328; --heat-contrast: #ffffff;
  }
  td, .heat-legend li { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  .frame { overflow: visible; border: 0; }
  .frame table { font-size: 8pt; }
  .frame.wide { page: wide; }
  .frame.wide table { font-size: 6pt; }
  .frame.wide th, .frame.wide td { padding: .2rem .25rem; }
  tbody th, th.figure, td.figure, td.words { min-width: 0; white-space: normal; overflow-wrap: anywhere; }
  h2 { break-after: avoid; }
  figure, .plot, tr, .verdict, .warning, .parts > li { break-inside: avoid; }
}
`;
