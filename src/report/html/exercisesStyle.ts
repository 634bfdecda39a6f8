/** The look of exercises and of the sliders. */
export const exercisesStyle = `fieldset { margin: 1rem 0 .5rem; padding: .5rem 1rem .75rem; border: 1px solid var(--line); border-radius: 10px; min-width: 0; }
legend { padding: 0 .375rem; font-weight: 600; }
.exercise { margin: 1.25rem 0; }
.exercise label { display: inline-block; margin: .25rem 1.25rem .25rem 0; }
.exercise summary { cursor: pointer; color: var(--link); font-weight: 600; padding: .25rem 0; }
.exercise output { display: block; min-height: 1.5rem; color: var(--quiet); }
.outlook fieldset { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .5rem 1.5rem; align-items: end; }
.outlook input[type=range] { display: block; width: 100%; margin: .375rem 0; accent-color: var(--blue); }
.outlook output { float: right; font-variant-numeric: tabular-nums; font-weight: 600; }
.outlook button { font: inherit; padding: .375rem .875rem; color: var(--text); background: var(--raised); border: 1px solid var(--line); border-radius: 8px; }
.outlook [role=status] { font-size: .875rem; color: var(--quiet); }
@media print { .outlook fieldset, .exercise output { display: none; } }
`;
