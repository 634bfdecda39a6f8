import type { Outlook } from '../run/modelled/outlook.js';
import type { Exercise } from './html/exercises.js';
import type { InEveryLanguage, Language } from './language.js';
import { showFigure } from './outlook.js';
import type { Prospect } from './prospect.js';

type Change = keyof Prospect['twice'];

interface Words {
  readonly changes: Readonly<Record<Change, string>>;
  readonly figures: Readonly<Record<'nodeLoad' | 'brokerLoad' | 'amplification' | 'subscriptionsPerNode', string>>;
  ask(change: string, figure: string): string;
  because(before: string, after: string, factor: string): string;
}

/** What may become of a figure. */
export const changeWords: InEveryLanguage<readonly string[]> = {
  en: ['It halves', 'It stays', 'It doubles', 'Something else'],
  ru: ['Станет вдвое меньше', 'Останется как есть', 'Удвоится', 'Что-то другое'],
};
/** Which of them says that nothing does. */
export const staying = 1;

const words: InEveryLanguage<Words> = {
  en: {
    changes: {
      nodes: 'Twice the nodes, the same users and messages',
      brokers: 'Twice the brokers, the same users and messages',
      users: 'Twice the users, who write as often',
    },
    figures: {
      nodeLoad: 'what one node handles',
      brokerLoad: 'what one broker handles',
      amplification: 'how often a message is handled (amplification)',
      subscriptionsPerNode: 'how many addresses one node listens at',
    },
    ask: (change, figure) => `${change}: what becomes of ${figure}?`,
    because: (before, after, factor) => `The model of this plan says ${before} now and ${after} then: ×${factor}.`,
  },
  ru: {
    changes: {
      nodes: 'Узлов вдвое больше, пользователи и сообщения те же',
      brokers: 'Брокеров вдвое больше, пользователи и сообщения те же',
      users: 'Пользователей вдвое больше, и пишут они так же часто',
    },
    figures: {
      nodeLoad: 'с нагрузкой одного узла',
      brokerLoad: 'с нагрузкой одного брокера',
      amplification: 'с тем, сколько раз обрабатывается сообщение (усиление)',
      subscriptionsPerNode: 'с числом адресов, которые слушает один узел',
    },
    ask: (change, figure) => `${change}: что станет ${figure}?`,
    because: (before, after, factor) => `Модель этого плана: сейчас ${before}, тогда ${after}, то есть ×${factor}.`,
  },
};

/** What a reader is asked of a run. What a strategy does not have is not asked for. */
const asked: readonly (readonly [Change, keyof Words['figures']])[] = [
  ['nodes', 'nodeLoad'],
  ['nodes', 'brokerLoad'],
  ['brokers', 'brokerLoad'],
  ['brokers', 'amplification'],
  ['users', 'subscriptionsPerNode'],
];

/** Questions about twice of everything, answered by the model of the changed plan. */
export function runExercises({ now, twice }: Prospect, language: Language): readonly Exercise[] {
  return asked.flatMap(([change, figure]) => exercise(change, figure, now, twice[change], language));
}

function exercise(change: Change, figure: keyof Words['figures'], now: Outlook, then: Outlook, language: Language): readonly Exercise[] {
  const [before, after] = [now[figure], then[figure]];
  if (before === null || after === null || before === 0 || isSame(change, now, then)) return [];
  const { changes, figures, ask, because } = words[language];
  const factor = after / before;
  const shown = (value: number) => showFigure(value, language);
  return [
    {
      question: ask(changes[change], figures[figure]),
      choices: changeWords[language],
      answer: choiceOf(factor),
      because: because(shown(before), shown(after), shown(factor)),
    },
  ];
}

/** A strategy that cannot have twice as many. */
function isSame(change: Change, now: Outlook, then: Outlook): boolean {
  return now.size[change] === then.size[change];
}

/** Which of `changeWords` a factor is. Load is not spread evenly to the message, so a twentieth more or less is the same. */
export function choiceOf(factor: number): number {
  const about = (value: number) => Math.abs(factor - value) <= 0.05 * value;
  const found = [0.5, 1, 2].findIndex(about);
  return found === -1 ? 3 : found;
}
