import type { InEveryLanguage, Language } from '../language.js';
import { pairs, type Section } from './section.js';

interface Words {
  readonly title: string;
  readonly steps: readonly (readonly [string, string])[];
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'How this was predicted',
    steps: [
      ['Nothing was run', 'Every figure here is computed. It is not measured: run what you choose before you rely on it.'],
      [
        'Loads',
        'The strategy itself is asked where each message goes, in batches of messages like those of this load, which follow from the seed. What every node and every broker handles is counted from its answers.',
      ],
      [
        'CPU and memory',
        'What each handled message, connection and subscription cost in the live runs of the calibration, on its machine and at its rates. Cost falls as the rate rises, and a fit over several rates only averages that.',
      ],
      [
        'Sizes',
        'From the fewest nodes and one broker on, whatever is short grows until no process uses more than it may. What growing does not relieve cannot do it.',
      ],
      [
        'Response',
        'Only where a p99 is asked for: a message waits at its sender’s node, a broker and its recipient’s node, each a queue with random arrivals. Network and pauses are not in it.',
      ],
      [
        'Advice',
        'The cheapest: cores at work, and a little for each process. Among those that cost the same, within what a calibration can tell, the simplest to run that loses the least.',
      ],
      [
        'What repeats',
        'The same command, commit, seed and calibration give the same figures. Another machine costs otherwise: make a calibration of your own there.',
      ],
    ],
  },
  ru: {
    title: 'Как это предсказано',
    steps: [
      ['Ничего не запускалось', 'Все числа здесь рассчитаны, а не измерены: прежде чем полагаться на выбранное, запустите его.'],
      [
        'Нагрузка',
        'Саму стратегию спрашивают, куда идёт каждое сообщение, партиями сообщений, подобных этой нагрузке; они следуют из начального числа. Что обрабатывает каждый узел и каждый брокер, считается по её ответам.',
      ],
      [
        'Процессор и память',
        'Сколько стоили каждое обработанное сообщение, соединение и подписка в живых прогонах калибровки, на её машине и при её частотах. С ростом частоты цена падает, и подгонка по нескольким частотам её лишь усредняет.',
      ],
      [
        'Размеры',
        'Начиная с наименьшего числа узлов и одного брокера растёт то, чего не хватает, пока каждый процесс не уложится в отведённое. Чему рост не помогает, то не справится.',
      ],
      [
        'Отклик',
        'Лишь там, где требуется p99: сообщение ждёт на узле отправителя, на брокере и на узле получателя, и каждый из них — очередь со случайными приходами. Сети и пауз в нём нет.',
      ],
      [
        'Совет',
        'Самая дешёвая: занятые ядра и немного за каждый процесс. Среди стоящих одинаково, насколько это различает калибровка, — та, что проще в работе и меньше теряет.',
      ],
      [
        'Что повторяется',
        'Та же команда, тот же коммит, то же начальное число и та же калибровка дают те же числа. На другой машине цена иная: сделайте калибровку там.',
      ],
    ],
  },
};

/** How the figures of a plan come about. */
export function planMethodSection(language: Language): Section {
  const { title, steps } = words[language];
  return { id: 'method', title, body: pairs(steps) };
}
