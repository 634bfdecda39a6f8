import type { Variable } from '../plan/variation.js';
import { exponentInWords, growthFigures } from './growthFigures.js';
import type { Exercise } from './html/exercises.js';
import type { InEveryLanguage, Language } from './language.js';
import { showFigure } from './outlook.js';
import { changeWords, choiceOf, staying } from './runExercises.js';
import type { Growth, GrowthFigure, Sweep } from './sweep.js';

interface Words {
  readonly twice: Readonly<Record<Variable, string>>;
  ask(strategy: string, twice: string, figure: string): string;
  because(exponent: string, factor: string): string;
}

const words: InEveryLanguage<Words> = {
  en: {
    twice: {
      nodes: 'twice the nodes',
      brokers: 'twice the brokers',
      users: 'twice the users',
      rate: 'twice the rate',
      bytes: 'twice the bytes',
    },
    ask: (strategy, twice, figure) => `${strategy} with ${twice}: what becomes of “${figure}”?`,
    because: (exponent, factor) => `Over all sizes measured its exponent is ${exponent}: ×${factor} with each doubling.`,
  },
  ru: {
    twice: {
      nodes: 'узлов вдвое больше',
      brokers: 'брокеров вдвое больше',
      users: 'пользователей вдвое больше',
      rate: 'сообщений вдвое больше',
      bytes: 'сообщения вдвое длиннее',
    },
    ask: (strategy, twice, figure) => `${strategy}, ${twice}: что станет с показателем «${figure}»?`,
    because: (exponent, factor) => `По всем измеренным размерам показатель степени ${exponent}: ×${factor} с каждым удвоением.`,
  },
};

/** What tells architectures apart, in the order in which it is asked. */
const asked: readonly GrowthFigure[] = ['receivedPerNode', 'handledPerBroker', 'receivedByAll', 'subscriptionsPerNode'];
const askedMost = 6;

/** A growth whose answer is one of the choices, however wrong the fit may be. */
interface Sure extends Growth {
  readonly exponent: number;
  readonly answer: number;
}

/** Questions about twice of the first variable, answered by the exponents that were fitted. */
export function sweepExercises({ vary, growth }: Sweep, language: Language): readonly Exercise[] {
  const along = growth.filter(({ against }) => against === vary[0]?.name).flatMap(sure);
  const chosen = asked.flatMap((figure) => unlike(along.filter((one) => one.figure === figure)));
  return chosen.slice(0, askedMost).map((one) => exercise(one, language));
}

/** Two standard errors either way must not lead to another answer. */
function sure(growth: Growth): readonly Sure[] {
  const { exponent, error } = growth;
  if (exponent === null || error === null) return [];
  const [least, most] = [exponent - 2 * error, exponent + 2 * error];
  const between = [-1, 0, 1].filter((power) => power > least && power < most);
  const [answer, ...others] = new Set([least, ...between, most].map((power) => choiceOf(2 ** power)));
  return answer === undefined || others.length > 0 ? [] : [{ ...growth, exponent, answer }];
}

/** Of each answer one strategy: what happens to all alike teaches nothing the second time, and nothing at all if it is nothing. */
function unlike(all: readonly Sure[]): readonly Sure[] {
  const first = all.filter(({ answer }, index) => all.findIndex((one) => one.answer === answer) === index);
  return first.every(({ answer }) => answer === staying) ? [] : first;
}

function exercise({ strategy, figure, against, exponent, error, answer }: Sure, language: Language): Exercise {
  const { twice, ask, because } = words[language];
  return {
    question: ask(strategy, twice[against], growthFigures[figure].titles[language]),
    choices: changeWords[language],
    answer,
    because: because(exponentInWords(exponent, error, language), showFigure(2 ** exponent, language)),
  };
}
