import type { Counts, Result } from '../../measure/result.js';
import { whole } from '../numbers.js';
import { html, type Markup, nothing } from './markup.js';
import { list, type Section } from './section.js';
import { table } from './table.js';

const meanings: Readonly<Record<keyof Counts, string>> = {
  sent: 'messages the system took: their sender got an acknowledgement',
  rejected: 'messages the system refused: they did not happen',
  unanswered: 'messages of which the sender never learnt what became of them',
  expected: 'pairs (message, socket of a recipient) that had to be delivered',
  delivered: 'pairs that were, each counted once',
  lost: 'pairs that were not',
  duplicated: 'deliveries beyond the first of a pair',
  misdelivered: 'deliveries to somebody they were not for',
  reordered: 'deliveries that came after a later one of the same sender',
  uncertain: 'pairs not delivered of which nobody can say that they had to be: somebody was just coming or going',
};

/** The ledger: what became of every message. */
export function countsSection({ counts, examples }: Result): Section {
  const names = Object.keys(meanings) as (keyof Counts)[];
  return {
    id: 'counts',
    title: 'What became of the messages',
    body: html`${sentences(counts)}
${table({
  caption: 'The ledger',
  rows: names,
  columns: [
    { title: 'count', text: (name) => name },
    { title: 'number', figure: (name) => counts[name] },
    { title: 'what it counts', text: (name) => meanings[name] },
  ],
})}
${seen(examples)}`,
  };
}

function sentences(counts: Counts): Markup {
  const { sent, expected, delivered, lost } = counts;
  return html`<p>The system took ${whole(sent)} messages. For these, ${whole(expected)} deliveries were due: ${whole(delivered)} arrived, ${whole(lost)} did not.</p>
<p class="equation">expected ${whole(expected)} ${expected === delivered + lost ? '=' : '≠'} delivered ${whole(delivered)} + lost ${whole(lost)}</p>
<p>Counted by the load workers at both ends: each message has its sender and a number, so a missing, second, foreign or late one is seen. Nothing is estimated.</p>`;
}

/** The first few of what went wrong, so that a reader has something to search the logs for. */
function seen(examples: Result['examples']): Markup {
  const words = Object.entries(examples).flatMap(([name, of]) => of.map((example) => html`<strong>${name}</strong>: ${example}`));
  return words.length === 0 ? nothing : html`<p>The first few that went wrong:</p>${list(words)}`;
}
