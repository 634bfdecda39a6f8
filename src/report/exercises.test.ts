import { describe, expect, it } from 'vitest';
import type { Exercise } from './html/exercises.js';
import { prospectOf } from './prospect.js';
import { choiceOf, runExercises } from './runExercises.js';
import { planExercises } from './severalExercises.js';
import { sweepExercises } from './sweepExercises.js';
import { sampleResult } from './testing/sample.js';
import { samplePlanned, wholeSweep } from './testing/samplePages.js';

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

function answered({ question, choices, answer, because }: Exercise): string {
  return `${question} ${choices[answer]}. ${because}`;
}

describe('exercises of a sweep', () => {
  it('are answered by the exponents that were fitted, of every strategy', () => {
    const answers = sweepExercises(wholeSweep(), 'en').map(answered);
    expect(answers).toEqual(
      expect.arrayContaining([
        'hashed with twice the nodes: what becomes of “messages received per node”? It halves. Over all sizes measured its exponent is −1.00 ±0.00: ×0.500 with each doubling.',
        'single-channel with twice the nodes: what becomes of “messages received per node”? It stays. Over all sizes measured its exponent is 0.00 ±0.00: ×1 with each doubling.',
      ]),
    );
    expect(answers.length).toBeLessThanOrEqual(6);
  });

  it('are not asked of what could not be fitted', () => {
    const sweep = wholeSweep();
    const growth = sweep.growth.map((one) => ({ ...one, exponent: null, error: null }));
    expect(sweepExercises({ ...sweep, growth }, 'en')).toEqual([]);
  });
});

describe('exercises of a plan', () => {
  it('are answered by its fleets; what two share is not asked', () => {
    const answers = planExercises(samplePlanned(), 'en').map(answered);
    expect(answers).toEqual([
      'Which of these needs the most cores for this load? single-channel. single-channel: 260; node-inbox: 44; hashed: 41',
    ]);
  });
});
