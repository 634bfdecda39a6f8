import type { ClaimVerdict, Why } from '../verdict/claims/criterion.js';
import type { ClaimFigure } from '../verdict/claims/figures.js';
import type { InEveryLanguage } from './language.js';

export interface ClaimsWords {
  readonly title: string;
  readonly lead: string;
  readonly unlike: string;
  readonly columns: Readonly<Record<'claim' | 'verdict' | 'part' | 'criterion' | 'measured' | 'holds', string>>;
  readonly all: string;
  readonly verdicts: Readonly<Record<ClaimVerdict, string>>;
  readonly holds: { readonly yes: string; readonly no: string; readonly unknown: string };
  readonly why: Readonly<Record<Why, string>>;
  readonly figures: Readonly<Record<ClaimFigure, string>>;
  readonly points: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
  readonly criterion: {
    least(n: string): string;
    most(n: string): string;
    between(least: string, most: string): string;
    exactly(n: string): string;
  };
  readonly chart: string;
  readonly runs: string;
  readonly run: string;
  readonly at: string;
  readonly articleSays: string;
}

export const claimsWords: InEveryLanguage<ClaimsWords> = {
  en: {
    title: "The article's claims, measured",
    lead: 'Each claim is taken apart into statements that a figure can decide. The criterion of each was set down before anything was measured; it is part of the program. A claim is confirmed where all its statements hold, refuted where all fail, qualified where some do, or where some cannot be decided here.',
    unlike:
      'Counts are exact and the same on any machine. Times are of this machine at this moment: they decide only where every round agrees.',
    columns: { claim: 'claim', verdict: 'verdict', part: 'statement', criterion: 'criterion', measured: 'measured', holds: 'holds' },
    all: 'All claims',
    verdicts: { confirmed: 'confirmed', refuted: 'refuted', qualified: 'qualified', 'not measured': 'not measured' },
    holds: { yes: '✓ yes', no: '✗ no', unknown: '? not known' },
    why: {
      'not run': 'it was not run here',
      'not known': 'nobody knows the figure',
      'rounds disagree': 'rounds disagree: the noise of this machine is larger than the difference',
      beyond: 'nothing here can show it',
    },
    figures: {
      nodes: 'nodes it ran with',
      brokers: 'brokers',
      brokersPerUser: 'brokers per user',
      lost: 'messages lost',
      amplification: 'amplification',
      receivedPerNode: 'messages received per node',
      receivedShare: 'share of all messages that each node receives',
      wastedShare: 'share of what nodes receive that nobody there wants',
      inPerMessage: 'messages put to brokers per message sent',
      inPerBroker: 'messages put to each broker',
      relayedPerMessage: 'copies from broker to broker per message sent',
      takenPerBroker: 'messages that each broker takes in, copies of others included',
      questionsPerMessage: 'questions to a directory per message sent',
      subscriptionsPerUser: 'subscriptions per user',
      subscriptionsPerBroker: 'subscriptions per broker',
      entriesPerUser: 'directory entries per user',
      responseMsP50: 'response p50, ms',
      responseMsP99: 'response p99, ms',
      movedShare: 'share of topics that move to another broker',
      lostNaive: 'messages lost where each node goes over by itself',
      lostCoordinated: 'messages lost where all nodes go over together, without a restart',
    },
    points: {
      'two-nodes': '2 nodes, 2 brokers',
      'four-nodes': '4 nodes, 2 brokers',
      'four-brokers': '4 nodes, 4 brokers',
      'half-system': 'half the system (2 nodes, 1 group of 1 Redis, half the users and messages)',
      'whole-system': 'the whole (4 nodes, 2 groups of 2 Redis)',
      resize: 'from 2 brokers to 3 under load, simulated',
    },
    parts: {
      oneNode: 'Asked for four nodes, it runs with one: it cannot leave its machine.',
      nothingLeaves: 'No message passes between processes: it is trivial.',
      workersShare: 'Twice the workers, and each takes in clearly fewer messages: it scales to the cores.',
      neverPast: 'It never scales past the machine: everything here ran on one.',
      works: 'It works: nothing is lost.',
      nodesShare: 'Twice the nodes, and each receives half.',
      busTakesAll: 'Twice the nodes, and the bus takes in as much as before: it is the ceiling.',
      noBroker: 'Messages go straight from node to node, past every broker.',
      directIsFast: 'Straight delivery to a known node is no slower than through a Redis.',
      roundTrip: 'Every message asks first.',
      roundTripWasteful: 'With the question and its answer a message is handled at least twice as often as where nodes know.',
      noRoundTrip: 'Nothing is asked for a message.',
      noMaster: 'There is no master, nor any broker.',
      copiedEverywhere: 'Twice the nodes, and the entries of all directories double: each node keeps a copy.',
      everyMessage: 'Each node receives every message.',
      noRelief: 'Twice the nodes, and each receives as much as before.',
      mostDropped: 'A node drops most of what it receives.',
      asTheAdapter: 'A node receives exactly as much as with the official adapter.',
      duplicated: 'Of four instances, each hands every message to the three others.',
      noThroughput: 'Twice the instances, and each takes in as much as before.',
      reliability: 'It is for reliability: no failure was played here.',
      redisRelieved: 'Twice the Redis, and each takes in half.',
      nodesCalmer: 'A node receives clearly fewer messages than with random publishing.',
      redisBusier: 'A Redis takes in at least twice as many messages.',
      onlyWanted: 'A node receives nothing that nobody there wants.',
      subscriptionEach: 'Each user costs a subscription, to be made, kept and left.',
      subscriptionEverywhere: 'Twice the Redis, and twice the subscriptions: each is made on all.',
      fewSubscriptions: 'Twice the Redis, and no more subscriptions.',
      everyRedis: 'Each of four Redis takes in every message.',
      nodeStays: 'Twice the system, and the load of one node stays.',
      redisStays: 'Twice the system, and the load of one Redis stays.',
      subscriptionsStay: 'Twice the system, and the subscriptions of one Redis stay.',
      costsMore: 'Twice the users need more than twice the Redis: each further step costs more.',
      noOverhead: 'Twice the nodes and the Redis, and a message is handled as often as before.',
      winner: 'No way of the article handles a message less often, not even straight from node to node.',
      mostMoves: 'A change of the number of Redis moves most users to another.',
      needsRestart: 'Without a restart messages are lost, even if all nodes go over together.',
      littleMoves: 'One Redis more moves less than half of the users.',
      lossWithoutCode: 'Without code for it messages are lost.',
      noLossWithCode: 'With code for it (all listen by both, then publish by the new) none is.',
      slowerMiddle: 'The middle response is slower than with a Redis, in every round.',
      slowerTail: 'So is the slowest hundredth.',
      asHashed: 'A message is handled exactly as often as with hashed.',
      noMoreBindings: 'It needs no more bindings than hashed needs subscriptions: one for each user.',
    },
    criterion: {
      least: (n) => `at least ${n}`,
      most: (n) => `at most ${n}`,
      between: (least, most) => `from ${least} to ${most}`,
      exactly: (n) => `exactly ${n}`,
    },
    chart: 'chart',
    runs: 'Every figure',
    run: 'run',
    at: 'at',
    articleSays: 'The article says',
  },
  ru: {
    title: 'Утверждения статьи: проверка измерением',
    lead: 'Каждое утверждение разобрано на части, о которых может судить число. Критерий каждой части записан до измерения: он — часть программы. Утверждение подтверждено, если верны все части, опровергнуто, если все неверны, и верно с оговоркой, если неверны некоторые или о некоторых здесь судить нельзя.',
    unlike:
      'Счётчики точны и одинаковы на любой машине. Времена относятся к этой машине в этот момент: они решают, только если все раунды согласны.',
    columns: { claim: 'утверждение', verdict: 'вердикт', part: 'часть', criterion: 'критерий', measured: 'измерено', holds: 'верно' },
    all: 'Все утверждения',
    verdicts: { confirmed: 'подтверждено', refuted: 'опровергнуто', qualified: 'верно с оговоркой', 'not measured': 'не измерено' },
    holds: { yes: '✓ да', no: '✗ нет', unknown: '? неизвестно' },
    why: {
      'not run': 'здесь не запускалось',
      'not known': 'числа никто не знает',
      'rounds disagree': 'раунды расходятся: шум этой машины больше разницы',
      beyond: 'здесь это нечем показать',
    },
    figures: {
      nodes: 'нод в работе',
      brokers: 'брокеров',
      brokersPerUser: 'брокеров на пользователя',
      lost: 'потеряно сообщений',
      amplification: 'усиление',
      receivedPerNode: 'получено сообщений на ноду',
      receivedShare: 'доля всех сообщений, которую получает каждая нода',
      wastedShare: 'доля полученного нодами, которая там никому не нужна',
      inPerMessage: 'отдано брокерам на одно отправленное сообщение',
      inPerBroker: 'отдано сообщений каждому брокеру',
      relayedPerMessage: 'копий от брокера к брокеру на одно сообщение',
      takenPerBroker: 'принято каждым брокером, с копиями от других',
      questionsPerMessage: 'вопросов к справочнику на одно сообщение',
      subscriptionsPerUser: 'подписок на пользователя',
      subscriptionsPerBroker: 'подписок на брокер',
      entriesPerUser: 'записей справочника на пользователя',
      responseMsP50: 'отклик p50, мс',
      responseMsP99: 'отклик p99, мс',
      movedShare: 'доля тем, переезжающих на другой брокер',
      lostNaive: 'потеряно сообщений, если каждая нода переходит сама',
      lostCoordinated: 'потеряно сообщений, если все ноды переходят вместе, без перезапуска',
    },
    points: {
      'two-nodes': '2 ноды, 2 брокера',
      'four-nodes': '4 ноды, 2 брокера',
      'four-brokers': '4 ноды, 4 брокера',
      'half-system': 'половина системы (2 ноды, 1 группа из 1 Redis, половина пользователей и сообщений)',
      'whole-system': 'вся система (4 ноды, 2 группы по 2 Redis)',
      resize: 'с 2 брокеров на 3 под нагрузкой, симуляция',
    },
    parts: {
      oneNode: 'Заказаны четыре ноды, работает одна: за пределы машины не выйти.',
      nothingLeaves: 'Ни одно сообщение не ходит между процессами: всё тривиально.',
      workersShare: 'Воркеров вдвое больше — каждый принимает заметно меньше: масштабируется по ядрам.',
      neverPast: 'За рамки машины не выходит: здесь всё шло на одной.',
      works: 'Работает: ничего не теряется.',
      nodesShare: 'Нод вдвое больше — каждая получает половину.',
      busTakesAll: 'Нод вдвое больше, а шина принимает столько же: она и есть потолок.',
      noBroker: 'Сообщения идут прямо от ноды к ноде, мимо брокеров.',
      directIsFast: 'Прямая доставка известной ноде не медленнее, чем через Redis.',
      roundTrip: 'Каждое сообщение сначала спрашивает.',
      roundTripWasteful: 'С вопросом и ответом сообщение обрабатывается хотя бы вдвое чаще, чем когда ноды знают сами.',
      noRoundTrip: 'Ради сообщения никого не спрашивают.',
      noMaster: 'Нет ни мастера, ни брокера.',
      copiedEverywhere: 'Нод вдвое больше — и записей во всех справочниках вдвое больше: копия у каждой.',
      everyMessage: 'Каждая нода получает каждое сообщение.',
      noRelief: 'Нод вдвое больше, а каждая получает столько же.',
      mostDropped: 'Большую часть полученного нода выбрасывает.',
      asTheAdapter: 'Нода получает ровно столько же, сколько с официальным адаптером.',
      duplicated: 'Из четырёх экземпляров каждый передаёт каждое сообщение трём остальным.',
      noThroughput: 'Экземпляров вдвое больше, а каждый принимает столько же.',
      reliability: 'Это для надёжности: отказов здесь не разыгрывали.',
      redisRelieved: 'Redis вдвое больше — каждый принимает половину.',
      nodesCalmer: 'Нода получает заметно меньше, чем при публикации в случайный Redis.',
      redisBusier: 'Redis принимает хотя бы вдвое больше сообщений.',
      onlyWanted: 'Нода не получает ничего, что там никому не нужно.',
      subscriptionEach: 'Каждый пользователь стоит подписки: оформить, держать, снять.',
      subscriptionEverywhere: 'Redis вдвое больше — и подписок вдвое больше: каждая есть на всех.',
      fewSubscriptions: 'Redis вдвое больше, а подписок столько же.',
      everyRedis: 'Каждый из четырёх Redis принимает каждое сообщение.',
      nodeStays: 'Система вдвое больше, а нагрузка на ноду та же.',
      redisStays: 'Система вдвое больше, а нагрузка на Redis та же.',
      subscriptionsStay: 'Система вдвое больше, а подписок на один Redis столько же.',
      costsMore: 'Вдвое больше пользователей требуют более чем вдвое больше Redis: каждый следующий шаг дороже.',
      noOverhead: 'Нод и Redis вдвое больше, а сообщение обрабатывается столько же раз.',
      winner: 'Ни один путь из статьи не обрабатывает сообщение реже, даже прямой от ноды к ноде.',
      mostMoves: 'Изменение числа Redis переселяет большинство пользователей.',
      needsRestart: 'Без перезапуска сообщения теряются, даже если все ноды переходят вместе.',
      littleMoves: 'Ещё один Redis переселяет меньше половины пользователей.',
      lossWithoutCode: 'Без кода для этого сообщения теряются.',
      noLossWithCode: 'С таким кодом (все слушают по-старому и по-новому, потом публикуют по-новому) — ни одно.',
      slowerMiddle: 'Срединный отклик медленнее, чем с Redis, в каждом раунде.',
      slowerTail: 'И самая медленная сотая тоже.',
      asHashed: 'Сообщение обрабатывается ровно столько же раз, сколько с hashed.',
      noMoreBindings: 'Привязок нужно не больше, чем подписок у hashed: по одной на пользователя.',
    },
    criterion: {
      least: (n) => `не меньше ${n}`,
      most: (n) => `не больше ${n}`,
      between: (least, most) => `от ${least} до ${most}`,
      exactly: (n) => `ровно ${n}`,
    },
    chart: 'график',
    runs: 'Все числа',
    run: 'запуск',
    at: 'где',
    articleSays: 'В статье',
  },
};

/** The claims in the article's own words, with its section. The English ones stand in the files of the strategies. */
export const claimsInRussian: Readonly<Record<string, { readonly words: string; readonly section: string }>> = {
  'single-server': {
    words: 'Просто как дрова… вместить все воображаемое количество клиентов на одной машине - пока нереально',
    section: 'Сингл сервер',
  },
  'node-cluster': { words: 'он позволяет расширить наше приложение по всей машине, НО не за ее рамки', section: 'Node.JS кластер' },
  'single-bus': { words: 'мы упираемся в производительность этого промежуточного звена', section: 'Распределяй и велосипедь' },
  'mesh-master': {
    words: 'что может быть быстрее общения на прямую?.. хотелось бы избежать лишнего раунд трипа в виде опрашивания мастера',
    section: 'Распределяй и велосипедь',
  },
  'mesh-replicated': {
    words: 'сам мастер становится не нужным, т к список соотношения "User=>Node" дублируется у всех',
    section: 'Распределяй и велосипедь',
  },
  'redis-broadcast': { words: 'каждая нода принимает все сообщения и уже сама разбирается нужно ли оно ей', section: 'Redis adapter' },
  'single-channel': { words: 'получается как в socket.io-redis: мы слушаем все сообщения', section: 'Поворот не туда' },
  'redis-cluster': {
    words:
      'сообщение дублируется всем участникам кластера. Т е он предназначен не для прироста производительности, а для повышения надежности',
    section: 'Redis cluster',
  },
  'random-publish': { words: 'редис теперь не узкое место… Зато им стали ноды', section: 'Поворот не туда' },
  'publish-all': { words: 'ноды чувствуют себя спокойнее, но на инстанс редиса нагрузка выросла', section: 'Поворот не туда' },
  'user-channels': {
    words: 'ноды получают только предназначенные им сообщения… подписок теперь намного, намного больше, а значит будет кушать память',
    section: 'Поворот не туда',
  },
  'user-channels-random-publish': {
    words: 'пересмотреть заново все предыдущие варианты, уже с учетом… более выборочного получения сообщений',
    section: 'Поворот не туда',
  },
  'user-channels-publish-all': {
    words: 'ноды могут подписываться на один из нескольких инстансов редиса, а при пуше - отсылать сообщение в все инстансы',
    section: 'Поворот не туда',
  },
  grouped: {
    words:
      'нагрузка на отдельный узел в любой точке не зависит от размера системы… чем больше оно все становится, тем больше ресурсов нужно для следующего прироста',
    section: 'Поворот не туда',
  },
  'address-book': {
    words: 'Чтобы получить местонахождение пользователя мы проделываем дополнительный раундтрип',
    section: 'Поворот не туда',
  },
  hashed: {
    words:
      'можем скалироваться сколь угодно без оверхедов!.. единственный минус которого: нужда в полном перезапуске системы при обновлении количества редис-инстансов',
    section: 'Сила хэша',
  },
  ring: {
    words: 'сделать логику миграции подписок между инстансами можно, но это стоит еще дополнительный кусок кода непонятного размера',
    section: 'Сила хэша (стандартное кольцо)',
  },
  'partition-ring': {
    words: 'сделать логику миграции подписок между инстансами можно, но это стоит еще дополнительный кусок кода непонятного размера',
    section: 'Сила хэша (партиционное кольцо)',
  },
  rabbitmq: { words: 'В их мире сообщение должно быть доставлено, несмотря ни на что', section: 'Брокеры сообщений' },
  'rabbitmq-hash': { words: 'RabbitMQ с его плагином… позволяющий вытворять то же что и мы', section: 'Сила хэша' },
};
