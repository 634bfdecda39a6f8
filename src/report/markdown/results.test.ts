import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listStrategies } from '../../plan/strategies.js';
import { roomForms } from '../../plan/types.js';
import { comparisonColumns } from './comparison.js';

const strategies = await listStrategies();
const [, ...sections] = readFileSync('docs/strategies/results.md', 'utf8').split(/^## /m);

/** The section of a form of rooms, or of direct messages, with the strategies that have a line in its table of counts. */
function section(title: string) {
  const text = sections.find((one) => one.startsWith(title)) ?? '';
  const [counts = ''] = text.split(/^### /m);
  return { text, named: [...counts.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name) };
}

describe('docs/strategies/results.md (sh docs/strategies/measure.sh measures it anew)', () => {
  it('has every strategy among the direct messages', () => {
    const names = strategies.map(({ name }) => name);
    expect(section('Scenario `direct`').named.toSorted()).toEqual(names.toSorted());
  });

  it.each(roomForms)('has every strategy that runs rooms by %s, and no other, under that form', (form) => {
    const names = strategies.filter(({ rooms }) => rooms?.includes(form) ?? true).map(({ name }) => name);
    expect(section(`Scenario \`rooms\`, \`--rooms ${form}\``).named.toSorted()).toEqual(names.toSorted());
  });

  it('has the columns that are written today', () => {
    const heads = sections.map((text) => text.split('\n').find((line) => line.startsWith('| strategy |')));
    expect(heads).toEqual(sections.map(() => `| ${comparisonColumns.join(' | ')} |`));
    expect(sections).toHaveLength(1 + roomForms.length);
  });
});
