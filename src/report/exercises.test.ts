import { describe, expect, it } from 'vitest';
import type { Exercise } from './html/exercises.js';
import { prospectOf } from './prospect.js';
import { choiceOf, runExercises } from './runExercises.js';
import { planExercises } from './severalExercises.js';
import type { Growth, GrowthFigure, Sweep } from './sweep.js';
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
    expect(sweepExercises(wholeSweep(), 'en').map(answered)).toEqual(
      expect.arrayContaining([
        'hashed with twice the nodes: what becomes of “messages received per node”? It halves. Over all sizes measured its exponent is −1.00 ±0.00: ×0.500 with each doubling.',
        'single-channel with twice the nodes: what becomes of “messages received per node”? It stays. Over all sizes measured its exponent is 0.00 ±0.00: ×1 with each doubling.',
      ]),
    );
  });

  /** What grew with the brokers, in a sweep of strategies that differ only in that. */
  function asked(figure: GrowthFigure, exponents: readonly (number | null)[], error: number | null = 0) {
    const growth = exponents.map((exponent, index): Growth => ({ strategy: `s${index}`, figure, against: 'brokers', exponent, error }));
    const sweep: Sweep = { ...wholeSweep(), vary: [{ name: 'brokers', values: [1, 2, 4] }], growth };
    return sweepExercises(sweep, 'en').map(({ question, choices, answer }) => `${question.split(' ')[0]} ${choices[answer]}`);
  }

  it('are asked of one strategy for each answer, however many there are, and of nothing that stays everywhere', () => {
    expect(asked('handledPerBroker', [0, 0, -1, 0, -1, 1, -1])).toEqual(['s0 It stays', 's2 It halves', 's5 It doubles']);
    expect(asked('receivedPerNode', [0, 0, 0, 0, 0, 0, 0])).toEqual([]);
  });

  it('are not asked of what could not be fitted, or not well enough for one answer', () => {
    expect(asked('handledPerBroker', [null, -1])).toEqual(['s1 It halves']);
    expect(asked('handledPerBroker', [-1, 0.2], null)).toEqual([]);
    expect(asked('handledPerBroker', [-0.9], 0.1)).toEqual([]);
  });
});

describe('exercises of a plan', () => {
  it('are answered by its fleets, in the units of its tables; what two share is not asked', () => {
    const wasted: Readonly<Record<string, number>> = { hashed: 0.02, 'single-channel': 0.9, 'node-inbox': 0 };
    const { strategies, ...plan } = samplePlanned();
    const fleets = strategies.map((fleet) => ({ ...fleet, wastedShare: wasted[fleet.strategy] ?? 0 }));
    expect(planExercises({ ...plan, strategies: fleets }, 'en').map(answered)).toEqual([
      'Which of these needs the most cores for this load? single-channel. single-channel: 260; node-inbox: 44; hashed: 41',
      'With which of these do nodes drop the largest share of what they get? single-channel. single-channel: 90%; hashed: 2%; node-inbox: 0%',
    ]);
  });

  it('are not asked where a calibration cannot tell the first from the second', () => {
    const { strategies, ...plan } = samplePlanned();
    const close = strategies.map((fleet, index) => ({ ...fleet, cores: 100 + 4 * index }));
    expect(planExercises({ ...plan, strategies: close }, 'en')).toEqual([]);
  });
});
