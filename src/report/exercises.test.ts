import { describe, expect, it } from 'vitest';
import { prospectOf } from './prospect.js';
import { choiceOf, runExercises } from './runExercises.js';
import { sampleResult } from './testing/sample.js';

const plan = sampleResult().plan;

async function answersOf(strategy: string) {
  const prospect = await prospectOf({ ...plan, strategy: { name: strategy, file: null, options: {} } });
  if (prospect === undefined) throw new RangeError(`no prospect of ${strategy}`);
  return runExercises(prospect, 'en').map(({ question, choices, answer }) => `${question} ${choices[answer]}`);
}

describe('exercises of a run', () => {
  it('are answered by its own strategy: more nodes relieve hashed', async () => {
    const answers = await answersOf('hashed');
    expect(answers).toContain('Twice the nodes, the same users and messages: what becomes of what one node handles? It halves');
    expect(answers).toContain('Twice the brokers, the same users and messages: what becomes of what one broker handles? It halves');
    expect(answers.filter((words) => words.includes('(amplification)'))).toEqual([expect.stringMatching(/It stays$/)]);
  });

  it('and do not relieve single-channel, of whose broker there is but one', async () => {
    const answers = await answersOf('single-channel');
    expect(answers[0]).toMatch(/^Twice the nodes.*one node handles\? Something else$|^Twice the nodes.*It stays$/);
    expect(answers.filter((words) => words.startsWith('Twice the brokers'))).toEqual([]);
  });

  it('are not asked where the strategy is none of this project', async () => {
    expect(await prospectOf({ ...plan, strategy: { ...plan.strategy, file: '/tmp/mine.ts' } })).toBe(undefined);
  });

  it.each([
    [0.5, 0],
    [1.04, 1],
    [1.95, 2],
    [1.5, 3],
    [4, 3],
  ])('take a factor of %f as choice %i', (factor, choice) => expect(choiceOf(factor)).toBe(choice));
});
