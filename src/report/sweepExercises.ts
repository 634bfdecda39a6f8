import { exponentInWords, growthFigures } from './growthFigures.js';
import type { Exercise } from './html/exercises.js';
import type { InEveryLanguage, Language } from './language.js';
import { showFigure } from './outlook.js';
import { changeWords, choiceOf } from './runExercises.js';
import type { Growth, GrowthFigure, Sweep } from './sweep.js';
import { variableWords } from './variables.js';

interface Words {
  ask(strategy: string, variable: string, figure: string): string;
  because(exponent: string, factor: string): string;
}

const words: InEveryLanguage<Words> = {
  en: {
    ask: (strategy, variable, figure) => `${strategy} with twice the ${variable}: what becomes of “${figure}”?`,
    because: (exponent, factor) => `Over all sizes measured its exponent is ${exponent}: ×${factor} with each doubling.`,
  },
  ru: {
    ask: (strategy, variable, figure) => `${strategy}, вдвое больше: ${variable}. Что станет с показателем «${figure}»?`,
    because: (exponent, factor) => `По всем измеренным размерам показатель степени ${exponent}: ×${factor} с каждым удвоением.`,
  },
};

/** What tells architectures apart, in the order in which it is asked. */
const asked: readonly GrowthFigure[] = ['receivedPerNode', 'handledPerBroker', 'receivedByAll', 'subscriptionsPerNode'];
const askedMost = 6;

/** Questions about twice of the first variable, answered by the exponents that were fitted. */
export function sweepExercises({ vary, growth }: Sweep, language: Language): readonly Exercise[] {
  const along = vary[0]?.name;
  const known = asked.flatMap((figure) => growth.filter((one) => one.figure === figure && one.against === along));
  return known.flatMap((one) => exercise(one, language)).slice(0, askedMost);
}

function exercise({ strategy, figure, against, exponent, error }: Growth, language: Language): readonly Exercise[] {
  if (exponent === null) return [];
  const { ask, because } = words[language];
  const factor = 2 ** exponent;
  return [
    {
      question: ask(strategy, variableWords[language][against], growthFigures[figure].titles[language]),
      choices: changeWords[language],
      answer: choiceOf(factor),
      because: because(exponentInWords(exponent, error, language), showFigure(factor, language)),
    },
  ];
}
