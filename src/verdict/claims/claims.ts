import type { At, Beyond, Criterion } from './criterion.js';

const equal = { least: 0.99, most: 1.01 } as const;
const halved = { least: 0.45, most: 0.55 } as const;
const twiceTheSystem = { of: at('grouped', 'whole-system'), beside: at('grouped', 'half-system') } as const;

/** The parts of each claim of the article, by the strategy it is about, and what decides them. */
export const claimCriteria: Readonly<Record<string, readonly (Criterion | Beyond)[]>> = {
  'single-server': [
    { id: 'oneNode', figure: 'nodes', of: at('single-server', 'four-nodes'), most: 1 },
    { id: 'nothingLeaves', figure: 'amplification', of: at('single-server', 'four-nodes'), most: 0 },
  ],
  'node-cluster': [
    { id: 'workersShare', figure: 'receivedPerNode', ...twiceTheNodes('node-cluster'), most: 0.75 },
    { id: 'neverPast', beyond: true },
  ],
  'single-bus': [
    { id: 'works', figure: 'lost', of: at('single-bus', 'four-nodes'), most: 0 },
    { id: 'nodesShare', figure: 'receivedPerNode', ...twiceTheNodes('single-bus'), most: 0.6 },
    { id: 'busTakesAll', figure: 'inPerBroker', ...twiceTheNodes('single-bus'), ...equal },
  ],
  'mesh-master': [
    { id: 'noBroker', figure: 'inPerMessage', of: at('mesh-master', 'four-nodes'), most: 0 },
    {
      id: 'directIsFast',
      figure: 'responseMsP50',
      of: at('mesh-replicated', 'four-nodes'),
      beside: at('user-channels', 'four-nodes'),
      most: 1,
    },
    { id: 'roundTrip', figure: 'questionsPerMessage', of: at('mesh-master', 'four-nodes'), least: 0.99 },
    {
      id: 'roundTripWasteful',
      figure: 'amplification',
      of: at('mesh-master', 'four-nodes'),
      beside: at('mesh-replicated', 'four-nodes'),
      least: 2,
    },
  ],
  'mesh-replicated': [
    { id: 'noRoundTrip', figure: 'questionsPerMessage', of: at('mesh-replicated', 'four-nodes'), most: 0 },
    { id: 'noMaster', figure: 'brokers', of: at('mesh-replicated', 'four-nodes'), most: 0 },
    { id: 'copiedEverywhere', figure: 'entriesPerUser', ...twiceTheNodes('mesh-replicated'), least: 1.9 },
  ],
  'redis-broadcast': [
    { id: 'everyMessage', figure: 'receivedShare', of: at('redis-broadcast', 'four-nodes'), ...equal },
    { id: 'noRelief', figure: 'receivedPerNode', ...twiceTheNodes('redis-broadcast'), ...equal },
    { id: 'mostDropped', figure: 'wastedShare', of: at('redis-broadcast', 'four-nodes'), least: 0.5 },
  ],
  'single-channel': [
    {
      id: 'asTheAdapter',
      figure: 'receivedPerNode',
      of: at('single-channel', 'four-nodes'),
      beside: at('redis-broadcast', 'four-nodes'),
      ...equal,
    },
    { id: 'mostDropped', figure: 'wastedShare', of: at('single-channel', 'four-nodes'), least: 0.5 },
  ],
  'redis-cluster': [
    { id: 'duplicated', figure: 'relayedPerMessage', of: at('redis-cluster', 'four-brokers'), least: 2.99, most: 3.01 },
    { id: 'noThroughput', figure: 'takenPerBroker', ...twiceTheBrokers('redis-cluster'), least: 0.99 },
    { id: 'reliability', beyond: true },
  ],
  'random-publish': [
    { id: 'redisRelieved', figure: 'inPerBroker', ...twiceTheBrokers('random-publish'), ...halved },
    { id: 'noRelief', figure: 'receivedPerNode', ...twiceTheNodes('random-publish'), ...equal },
  ],
  'publish-all': [
    {
      id: 'nodesCalmer',
      figure: 'receivedPerNode',
      of: at('publish-all', 'four-brokers'),
      beside: at('random-publish', 'four-brokers'),
      most: 0.9,
    },
    {
      id: 'redisBusier',
      figure: 'inPerBroker',
      of: at('publish-all', 'four-brokers'),
      beside: at('random-publish', 'four-brokers'),
      least: 2,
    },
  ],
  'user-channels': [
    { id: 'onlyWanted', figure: 'wastedShare', of: at('user-channels', 'four-nodes'), most: 0 },
    { id: 'subscriptionEach', figure: 'subscriptionsPerUser', of: at('user-channels', 'four-nodes'), least: 1 },
  ],
  'user-channels-random-publish': [
    { id: 'onlyWanted', figure: 'wastedShare', of: at('user-channels-random-publish', 'four-brokers'), most: 0 },
    {
      id: 'subscriptionEverywhere',
      figure: 'subscriptionsPerUser',
      ...twiceTheBrokers('user-channels-random-publish'),
      least: 1.99,
      most: 2.01,
    },
  ],
  'user-channels-publish-all': [
    { id: 'fewSubscriptions', figure: 'subscriptionsPerUser', ...twiceTheBrokers('user-channels-publish-all'), ...equal },
    { id: 'everyRedis', figure: 'inPerMessage', of: at('user-channels-publish-all', 'four-brokers'), least: 3.99, most: 4.01 },
  ],
  grouped: [
    { id: 'nodeStays', figure: 'receivedPerNode', ...twiceTheSystem, least: 0.9, most: 1.1 },
    { id: 'redisStays', figure: 'inPerBroker', ...twiceTheSystem, least: 0.9, most: 1.1 },
    { id: 'subscriptionsStay', figure: 'subscriptionsPerBroker', ...twiceTheSystem, least: 0.9, most: 1.1 },
    { id: 'costsMore', figure: 'brokersPerUser', ...twiceTheSystem, least: 1.5 },
  ],
  'address-book': [
    { id: 'onlyWanted', figure: 'wastedShare', of: at('address-book', 'four-nodes'), most: 0 },
    { id: 'roundTrip', figure: 'questionsPerMessage', of: at('address-book', 'four-nodes'), least: 0.99 },
  ],
  hashed: [
    {
      id: 'noOverhead',
      figure: 'amplification',
      of: at('hashed', 'four-brokers'),
      beside: at('hashed', 'two-nodes'),
      ...equal,
    },
    { id: 'nodesShare', figure: 'receivedPerNode', ...twiceTheNodes('hashed'), ...halved },
    { id: 'redisRelieved', figure: 'inPerBroker', ...twiceTheBrokers('hashed'), ...halved },
    {
      id: 'winner',
      figure: 'amplification',
      of: at('hashed', 'four-nodes'),
      beside: at('mesh-replicated', 'four-nodes'),
      most: 1,
    },
    { id: 'mostMoves', figure: 'movedShare', of: at('hashed', 'resize'), least: 0.5 },
    { id: 'needsRestart', figure: 'lostCoordinated', of: at('hashed', 'resize'), least: 1 },
  ],
  ring: survives('ring'),
  'partition-ring': survives('partition-ring'),
  rabbitmq: [slower('slowerMiddle', 'responseMsP50'), slower('slowerTail', 'responseMsP99')],
  'rabbitmq-hash': [
    {
      id: 'asHashed',
      figure: 'amplification',
      of: at('rabbitmq-hash', 'four-nodes'),
      beside: at('hashed', 'four-nodes'),
      ...equal,
    },
    { id: 'onlyWanted', figure: 'wastedShare', of: at('rabbitmq-hash', 'four-nodes'), most: 0 },
    { id: 'noMoreBindings', figure: 'subscriptionsPerUser', of: at('rabbitmq-hash', 'four-nodes'), most: 1 },
  ],
};

function at(strategy: string, point: At['point']): At {
  return { strategy, point };
}

function twiceTheNodes(strategy: string): Pick<Criterion, 'of' | 'beside'> {
  return { of: at(strategy, 'four-nodes'), beside: at(strategy, 'two-nodes') };
}

function twiceTheBrokers(strategy: string): Pick<Criterion, 'of' | 'beside'> {
  return { of: at(strategy, 'four-brokers'), beside: at(strategy, 'four-nodes') };
}

/** A ring moves little, but only code that leads nodes through the change keeps what is under way. */
function survives(strategy: string): readonly Criterion[] {
  return [
    { id: 'littleMoves', figure: 'movedShare', of: at(strategy, 'resize'), most: 0.5 },
    { id: 'lossWithoutCode', figure: 'lostNaive', of: at(strategy, 'resize'), least: 1 },
    { id: 'noLossWithCode', figure: 'lostCoordinated', of: at(strategy, 'resize'), most: 0 },
  ];
}

function slower(id: string, figure: Criterion['figure']): Criterion {
  return { id, figure, of: at('rabbitmq', 'four-nodes'), beside: at('user-channels', 'four-nodes'), least: 1 };
}

/** Where anything is looked at, each once; of several claims if `strategies` names them. */
export function placesOf(strategies: readonly string[]): readonly At[] {
  const all = strategies.flatMap((strategy) => claimCriteria[strategy] ?? []);
  const places = all.flatMap((one) => ('beyond' in one ? [] : [one.of, ...(one.beside === undefined ? [] : [one.beside])]));
  return [...new Map(places.map((place) => [`${place.strategy} ${place.point}`, place])).values()];
}

/** Time is of the machine and of the moment: where it is compared, a point is run in rounds. */
export function isTimed({ strategy, point }: At): boolean {
  const timed = Object.values(claimCriteria)
    .flat()
    .flatMap((one) => ('beyond' in one || !one.figure.startsWith('response') ? [] : [one.of, one.beside]));
  return timed.some((one) => one?.strategy === strategy && one.point === point);
}
