import type { Result } from '../../measure/result.js';
import { bytes, plural } from '../numbers.js';
import { type Content, html, nothing } from './markup.js';
import { pairs, type Section } from './section.js';

/** All that is needed to run this again and to compare it fairly. */
export function repeatSection(result: Result): Section {
  const { plan, environment } = result;
  return {
    id: 'repeat',
    title: 'Run it again',
    body: html`<pre tabindex="0" aria-label="Command that repeats this run"><code>${unbroken(plan.command)}</code></pre>
<h3>Plan</h3>
${pairs([
  ['seed', String(plan.seed)],
  ['strategy options', inWords(plan.strategy.options)],
  ['limits', inWords({ ...plan.limits })],
  ['limits of the chat nodes', inWords({ ...plan.chatLimits })],
  ['timing', inWords(plan.timing)],
  ['load workers', `${plan.workers}, driver ${plan.driver}`],
])}
<h3>Machine and versions</h3>
${pairs([
  ['commit', environment.commit ?? 'not known'],
  ['bench, Node.js', `${environment.bench}, ${environment.node}`],
  ['machine', `${environment.platform}, ${plural(environment.cores, 'core')} (${environment.cpus}), ${bytes(environment.memoryBytes)}`],
  ['libraries', inWords(environment.libraries)],
  ['brokers and store', inWords(environment.brokers)],
  ['settings', inWords(environment.settings)],
])}
${result.plan.strategy.file === null ? nothing : html`<p>The strategy came from outside the project: <code>${result.plan.strategy.file}</code></p>`}`,
  };
}

/** A line may break between words only, never at the hyphens of a flag. */
export function unbroken(command: string): readonly Content[] {
  return command.split(' ').map((word, index) => html`${index > 0 ? ' ' : ''}<span>${word}</span>`);
}

function inWords(settings: Readonly<Record<string, string | number | boolean>>): string {
  return (
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ') || 'none'
  );
}
