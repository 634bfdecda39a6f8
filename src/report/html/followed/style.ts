/** Of a followed message; with the page's colours, and Okabe and Ito's for what travels. */
export const followedStyle = `
.followed { --way: #0072b2; --wasted: #c04f00; --asked: #a2487a; --answer: var(--quiet); margin: 1.25rem 0 2.5rem; }
.followed h4 { margin: .25rem 0 .5rem; font-size: .875rem; color: var(--quiet); }
.followed figure { margin: 0 0 1rem; }
.followed .way { --tone: var(--way); }
.followed .wasted { --tone: var(--wasted); }
.followed .asked { --tone: var(--asked); }
.followed .answer { --tone: var(--answer); }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem 2rem; align-items: start; }
.followed ol { margin: 0; padding-left: 1.75rem; font-size: .875rem; }
.followed li { padding: .1875rem .375rem; border-left: 3px solid var(--tone); margin-bottom: .25rem; }
.followed li.wasted { border-left-style: dashed; }
.followed li.now { background: var(--raised); outline: 1px solid var(--tone); }
.followed li.ahead { opacity: .55; }
.followed .time { color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap; }
.scene { display: block; width: 100%; max-width: 30rem; height: auto; }
.sequence { display: block; margin: 0 auto; }
.followed rect { fill: var(--raised); stroke: var(--quiet); }
.followed .node rect { stroke: #0072B2; stroke-width: 1.5; }
.followed .broker rect { stroke: #E69F00; stroke-width: 1.5; }
.followed .client rect { fill: var(--page); }
.followed svg text { font-size: 11px; fill: var(--text); text-anchor: middle; }
.followed .place text { font-weight: 650; }
.followed .place line { stroke: var(--line); }
.followed .line { fill: none; stroke: var(--tone); stroke-width: 1.75; }
.followed .wasted .line { stroke-dasharray: 5 4; }
.followed .asked .line { stroke-dasharray: 2 3; }
.followed .answer .line { stroke-width: 1; }
.followed .head { fill: var(--tone); stroke: none; }
.followed svg .word { font-size: 10px; fill: var(--tone); }
.followed svg .number { font-size: 10px; font-weight: 650; fill: var(--tone); stroke: var(--page); stroke-width: 4px; paint-order: stroke; }
.followed svg .time { font-size: 10px; fill: var(--quiet); text-anchor: start; }
.followed svg .time.end { text-anchor: end; }
.followed .step.ahead { opacity: .15; }
.followed .step.now .line { stroke-width: 3; }
.followed .place.now rect { stroke-width: 3; }
.token { fill: var(--tone, #0072b2); stroke: var(--page); stroke-width: 2; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
.controls[hidden], .controls [hidden] { display: none; }
.controls button, .controls select { font: inherit; font-size: .875rem; color: var(--text); background: var(--raised); border: 1px solid var(--quiet); border-radius: 6px; padding: .375rem .75rem; min-height: 2.5rem; }
.followed summary { cursor: pointer; font-size: .875rem; color: var(--quiet); margin-bottom: .5rem; }
.controls p { flex-basis: 100%; margin: 0; font-size: .875rem; }
.controls .now { min-height: 3em; }
@media (prefers-color-scheme: dark) {
  .followed { --way: #56b4e9; --wasted: #ff9a66; --asked: #e29ac0; }
  .followed .node rect { stroke: #56b4e9; }
}
@media print {
  .followed { --way: #0072b2; --wasted: #c04f00; --asked: #a2487a; }
  .controls { display: none; }
}
`;
