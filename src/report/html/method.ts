import type { InEveryLanguage, Language } from '../language.js';
import { pairs, type Section } from './section.js';

interface Words {
  readonly title: string;
  readonly steps: readonly (readonly [string, string])[];
}

const words: InEveryLanguage<Words> = {
  en: {
    title: 'How this was measured',
    steps: [
      [
        'Processes',
        'Brokers, chat nodes and load workers are separate processes of the operating system, so CPU and memory are known for each role. Nodes and workers are directed over connections of their own: the brokers under test carry no control.',
      ],
      [
        'Load',
        'Open loop: what is sent when follows from the seed alone and never waits for the system. The same seed gives the same messages to every strategy, whatever the number of load workers.',
      ],
      [
        'Phases',
        'Everybody connects, a message is seen on every pair of nodes, the like of the load warms everything up; counters are read when nothing is under way, the load is played, and they are read again when nothing is under way any more.',
      ],
      [
        'Ledger',
        'Each pair of a message and a socket that it is for is followed by sender and number. Expected is who was certainly connected; where somebody was just coming or going the pair is uncertain and counted apart.',
      ],
      [
        'Accounting',
        'Nodes count what they put and get; brokers are asked for their own counters. No figure of one side is computed from the other, and a difference of one message makes the verdict unknown.',
      ],
      [
        'Latency',
        'HDR histograms with three digits, from 1 µs to 1 hour: response from the intended time, service from the real time of sending, and the lag of the generator between the two.',
      ],
      [
        'What repeats',
        'Message counts and ledger repeat exactly with seed and commit. CPU, memory and times are of this machine at this rate: directions, not promises.',
      ],
    ],
  },
  ru: {
    title: 'Как это измерено',
    steps: [
      [
        'Процессы',
        'Брокеры, узлы чата и генераторы нагрузки — отдельные процессы операционной системы, поэтому процессорное время и память известны для каждой роли. Узлами и генераторами управляют по отдельным соединениям: испытуемые брокеры управления не несут.',
      ],
      [
        'Нагрузка',
        'Открытый цикл: что и когда отправляется, следует из одного лишь начального числа и никогда не ждёт систему. Одно и то же начальное число даёт одни и те же сообщения любой стратегии, сколько бы ни было генераторов.',
      ],
      [
        'Этапы',
        'Все подключаются; между каждой парой узлов замечено сообщение; подобие нагрузки прогревает систему; когда ничего нет в пути, читаются счётчики, затем идёт нагрузка, и счётчики читаются снова, когда в пути опять ничего нет.',
      ],
      [
        'Учётная книга',
        'За каждой парой «сообщение — сокет получателя» следят по отправителю и номеру. Ожидается доставка тем, кто точно был подключён; если кто-то как раз подключался или отключался, пара неопределённа и считается отдельно.',
      ],
      [
        'Учёт',
        'Узлы считают, что они отдали и взяли; у брокеров спрашивают их собственные счётчики. Ни одно число одной стороны не выводится из другой, и расхождение в одно сообщение делает вердикт неизвестным.',
      ],
      [
        'Задержка',
        'Гистограммы HDR с тремя значащими цифрами, от 1 мкс до 1 часа: отклик — от задуманного времени, обслуживание — от действительной отправки, и отставание генератора между ними.',
      ],
      [
        'Что повторяется',
        'Числа сообщений и учётная книга точно повторяются с тем же начальным числом и коммитом. Процессорное время, память и задержки относятся к этой машине при этой частоте: направления, а не обещания.',
      ],
    ],
  },
};

/** How the figures of every run come about. */
export function methodSection(language: Language): Section {
  const { title, steps } = words[language];
  return { id: 'method', title, body: pairs(steps) };
}
