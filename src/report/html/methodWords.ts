import type { Result } from '../../measure/result.js';
import type { InEveryLanguage } from '../language.js';

export interface MethodWords {
  readonly title: string;
  readonly steps: readonly (readonly [term: string, meaning: string])[];
}

/** How the figures of each runner come about: true to `src/run/live.ts`, `simulated.ts` and `modelled.ts`. */
export const methodWords: InEveryLanguage<Readonly<Record<Result['source'], MethodWords>>> = {
  en: {
    live: {
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
    simulated: {
      title: 'How this was simulated',
      steps: [
        [
          'Processes',
          'None. Virtual nodes run the state machine that routes and counts in the chat server, virtual brokers keep channels and hand on; one thread plays them all, so no role has CPU or memory of its own.',
        ],
        [
          'Load',
          'What is sent when follows from the seed alone, as it would live: the same messages for every strategy. Each is sent exactly at its intended time, since nobody can lag.',
        ],
        [
          'Time',
          'Virtual: the clock goes from one event to the next. Only the way from place to place takes time, drawn anew each time from the distribution that the command below names.',
        ],
        [
          'Phases',
          'Those of a live run, in virtual time: everybody connects, a message is seen on every pair of nodes unless there are too many, the like of the load fills what nodes keep; counters are read, the load is played until nothing is under way any more, and they are read again.',
        ],
        [
          'Ledger',
          'The one of a live run: each pair of a message and a socket that it is for is followed by sender and number, and judged by the same rules.',
        ],
        [
          'Accounting',
          'Nodes count what they put and get; the virtual network counts what each broker takes in and hands out. Neither is computed from the other, and a difference of one message makes the verdict unknown.',
        ],
        [
          'Latency',
          'The ways of a message added up, in HDR histograms: nothing waits in a queue and nothing else takes time. It shows how far a message goes, not how fast a system is.',
        ],
        [
          'What repeats',
          'All of it, with seed and commit, on any machine. Message counts and ledger are those of a live run of the same plan in which nothing fails, but for what timing decides there; speed and cost it cannot show.',
        ],
      ],
    },
    modelled: {
      title: 'How this was computed',
      steps: [
        [
          'Processes',
          'None, and no simulation: the functions of the strategy are asked where nodes listen and where messages are put, and what follows from their answers is added up for every node and every broker.',
        ],
        [
          'Load',
          'The messages that scenario and seed give, the same for every strategy. They are taken one by one; where that would be too many, some like them stand for all.',
        ],
        [
          'Phases',
          'None: all users are online throughout, and nobody comes or goes. Of probes and warm-up nothing is heeded but answers of directories that nodes keep.',
        ],
        [
          'Ledger',
          'None: every message is taken to reach whom it is for, once. That a strategy sees to that is shown by its contract and by runs, not here.',
        ],
        [
          'Accounting',
          'Figures of nodes and of brokers follow from the same answers: that they agree shows that the sums are right, not that two witnesses counted alike.',
        ],
        [
          'Errors',
          'What was taken one by one is exact. Where messages were sampled, or a transport places the sockets, a figure has an error of five standard deviations; where the order of messages decides how many questions there are, it spans all orders.',
        ],
        ['Latency', 'None: a model has no clock, no CPU and no memory.'],
        [
          'What repeats',
          'All of it, with seed and commit, on any machine. A live run of the same plan in which nothing fails must show these message counts, to within their errors; speed and cost only that can show.',
        ],
      ],
    },
  },
  ru: {
    live: {
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
    simulated: {
      title: 'Как это смоделировано',
      steps: [
        [
          'Процессы',
          'Их не было. Виртуальные узлы — тот же автомат, что направляет и считает сообщения в сервере чата; виртуальные брокеры держат каналы и раздают сообщения. Всё это исполняет один поток, поэтому своего процессорного времени и своей памяти ни у кого нет.',
        ],
        [
          'Нагрузка',
          'Что и когда отправляется, следует из одного лишь начального числа, как и при прогоне вживую: одни и те же сообщения для любой стратегии. Каждое уходит точно в задуманное время: отставать некому.',
        ],
        [
          'Время',
          'Виртуальное: часы переходят от события к событию. Время занимает лишь путь от места к месту; оно каждый раз заново берётся из распределения, названного в команде ниже.',
        ],
        [
          'Этапы',
          'Те же, что и вживую, но в виртуальном времени: все подключаются; между каждой парой узлов замечено сообщение, если пар не слишком много; подобие нагрузки наполняет то, что узлы запоминают; читаются счётчики, нагрузка идёт, пока в пути не останется ничего, и счётчики читаются снова.',
        ],
        [
          'Учётная книга',
          'Та же, что и при прогоне вживую: за каждой парой «сообщение — сокет получателя» следят по отправителю и номеру и судят по тем же правилам.',
        ],
        [
          'Учёт',
          'Узлы считают, что они отдали и взяли; виртуальная сеть считает, что принял и раздал каждый брокер. Ни одно из этих чисел не выводится из другого, и расхождение в одно сообщение делает вердикт неизвестным.',
        ],
        [
          'Задержка',
          'Сумма отрезков пути сообщения, в гистограммах HDR: очередей нет, и больше ничто времени не занимает. Она показывает, как далеко идёт сообщение, а не как быстра система.',
        ],
        [
          'Что повторяется',
          'Всё, с тем же начальным числом и коммитом, на любой машине. Числа сообщений и учётная книга — те же, что при прогоне того же плана вживую, если в нём ничто не отказало; кроме того, что там решает случай во времени. Скорости и стоимости симуляция не показывает.',
        ],
      ],
    },
    modelled: {
      title: 'Как это рассчитано',
      steps: [
        [
          'Процессы',
          'Их не было, как и симуляции: у функций стратегии спрашивают, где слушают узлы и куда кладут сообщения, и то, что следует из ответов, складывается для каждого узла и каждого брокера.',
        ],
        [
          'Нагрузка',
          'Сообщения, которые дают сценарий и начальное число, одни и те же для любой стратегии. Их берут по одному; где их слишком много, за все отвечает выборка подобных.',
        ],
        [
          'Этапы',
          'Их нет: все пользователи всё время в сети, никто не приходит и не уходит. От проб и прогрева учитываются лишь ответы справочников, которые узлы запоминают.',
        ],
        [
          'Учётная книга',
          'Её нет: считается, что каждое сообщение доходит до всех, кому предназначено, ровно один раз. Что стратегия это обеспечивает, показывают её контракт и прогоны, а не расчёт.',
        ],
        [
          'Учёт',
          'Числа узлов и числа брокеров следуют из одних и тех же ответов: их согласие говорит, что суммы верны, а не что два свидетеля насчитали одно и то же.',
        ],
        [
          'Погрешность',
          'Взятое по одному точно. Где сообщения взяты выборкой или сокеты распределяет транспорт, погрешность — пять стандартных отклонений; где число вопросов зависит от порядка сообщений, она охватывает все порядки.',
        ],
        ['Задержка', 'Её нет: у модели нет ни часов, ни процессора, ни памяти.'],
        [
          'Что повторяется',
          'Всё, с тем же начальным числом и коммитом, на любой машине. Прогон того же плана вживую, если в нём ничто не отказало, обязан показать эти числа сообщений в пределах погрешности; скорость и стоимость покажет только он.',
        ],
      ],
    },
  },
};
