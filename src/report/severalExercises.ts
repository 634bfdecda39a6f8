import type { CapacityPlan } from './capacityPlan.js';
import type { Claims } from './claims.js';
import { claimInWords, holdsInWords, measuredInWords, statementOf, verdictOrder } from './claimsInWords.js';
import { claimsWords } from './claimsWords.js';
import type { Comparison } from './comparison.js';
import type { Exercise } from './html/exercises.js';
import type { InEveryLanguage, Language } from './language.js';
import { figuresIn } from './numbers.js';
import { showFigure } from './outlook.js';

interface Words {
  readonly amplification: string;
  readonly nodeMost: string;
  readonly subscriptions: string;
  readonly cores: string;
  readonly wasted: string;
  readonly subscriptionsPerBroker: string;
  claim(strategy: string, claim: string): string;
}

const words: InEveryLanguage<Words> = {
  en: {
    amplification: 'Which of these handles a message most often until it is delivered?',
    nodeMost: 'Which of these gives the busiest node the most to do?',
    subscriptions: 'Which of these needs the most subscriptions?',
    cores: 'Which of these needs the most cores for this load?',
    wasted: 'With which of these do nodes drop the largest share of what they get?',
    subscriptionsPerBroker: 'Which of these gives one broker the most subscriptions to keep?',
    claim: (strategy, claim) => `“${claim}” (${strategy}). Does it hold?`,
  },
  ru: {
    amplification: 'Какая из них обрабатывает сообщение чаще всего, пока оно не доставлено?',
    nodeMost: 'Какая из них больше всех нагружает самый занятый узел?',
    subscriptions: 'Какой из них нужно больше всего подписок?',
    cores: 'Какой из них для этой нагрузки нужно больше всего ядер?',
    wasted: 'У какой из них узлы выбрасывают наибольшую долю полученного?',
    subscriptionsPerBroker: 'У какой из них один брокер хранит больше всего подписок?',
    claim: (strategy, claim) => `«${claim}» (${strategy}). Верно ли это?`,
  },
};

/** Questions about a comparison, answered by its own figures. */
export function comparisonExercises({ runs }: Comparison, language: Language): readonly Exercise[] {
  const { amplification, nodeMost, subscriptions } = words[language];
  return [
    ...mostOf(runs, amplification, (run) => run.amplification, language),
    ...mostOf(runs, nodeMost, (run) => run.handledMost.node, language),
    ...mostOf(runs, subscriptions, (run) => run.subscriptions, language),
  ];
}

/** Questions about the fleets of a plan, answered by their figures. */
export function planExercises({ strategies }: CapacityPlan, language: Language): readonly Exercise[] {
  const { cores, wasted, subscriptionsPerBroker } = words[language];
  return [
    ...mostOf(strategies, cores, (fleet) => fleet.cores, language),
    ...mostOf(strategies, wasted, (fleet) => fleet.wastedShare, language, figuresIn(language).percent),
    ...mostOf(strategies, subscriptionsPerBroker, (fleet) => fleet.subscriptionsPerBroker, language),
  ];
}

/** By how much the first must lie ahead: what is closer nobody can predict, nor a calibration tell. */
const clearly = 1.1;

/** Of very many the ends and the middle; nothing where the first place is shared. */
function mostOf<One extends { readonly strategy: string }>(
  all: readonly One[],
  question: string,
  figure: (one: One) => number | null,
  language: Language,
  show: (value: number) => string = (value) => showFigure(value, language),
): readonly Exercise[] {
  const known = all.flatMap((one) => {
    const value = figure(one);
    return value === null ? [] : [{ name: one.strategy, value }];
  });
  const ranked = known.toSorted((one, other) => other.value - one.value);
  const [first, second] = ranked;
  if (first === undefined || second === undefined || first.value < clearly * second.value) return [];
  const shown = ranked.length <= 4 ? ranked : [0, 1, Math.floor(ranked.length / 2), ranked.length - 1].flatMap((at) => ranked[at] ?? []);
  const choices = shown.map(({ name }) => name).toSorted();
  const because = shown.map(({ name, value }) => `${name}: ${show(value)}`).join('; ');
  return [{ question, choices, answer: choices.indexOf(first.name), because }];
}

/** What readers expect otherwise: claims that were refuted or hold only in part. */
const askedMost = 3;

export function claimsExercises({ claims }: Claims, language: Language): readonly Exercise[] {
  const { verdicts } = claimsWords[language];
  const choices = verdictOrder.map((verdict) => verdicts[verdict]);
  const surprising = claims.filter(({ verdict }) => verdict === 'refuted' || verdict === 'qualified');
  return surprising.slice(0, askedMost).map((claim) => ({
    question: words[language].claim(claim.strategy, claimInWords(claim, language)),
    choices,
    answer: verdictOrder.indexOf(claim.verdict),
    because: claim.parts
      .map((part) => `${holdsInWords(part, language)}: ${statementOf(part, language)} (${measuredInWords(part, language)})`)
      .join(' '),
  }));
}
