import { sum } from '../../measure/accounting.js';
import type { Distribution, Result } from '../../measure/result.js';
import { ownWord } from '../../measure/traffic.js';

/** What claims are judged by, taken from one run. Counts are of chat messages between start and drained; `null`: nobody knows. */
export const claimFigureNames = [
  'nodes',
  'brokers',
  'brokersPerUser',
  'lost',
  'amplification',
  'receivedPerNode',
  'receivedShare',
  'wastedShare',
  'inPerMessage',
  'inPerBroker',
  'relayedPerMessage',
  'takenPerBroker',
  'questionsPerMessage',
  'subscriptionsPerUser',
  'subscriptionsPerBroker',
  'entriesPerUser',
  'responseMsP50',
  'responseMsP99',
  'movedShare',
  'lostNaive',
  'lostCoordinated',
] as const;

export type ClaimFigure = (typeof claimFigureNames)[number];
export type ClaimFigures = Readonly<Partial<Record<ClaimFigure, number | null | undefined>>>;

export function claimFiguresOf(result: Result): ClaimFigures {
  return { ...ofSize(result), ...ofNodes(result), ...ofBrokers(result), ...ofListening(result), ...ofTime(result) };
}

function ofSize({ plan: { size, topology }, counts, amplification }: Result): ClaimFigures {
  const brokers = topology.brokers.length;
  return { nodes: size.nodes, brokers, brokersPerUser: brokers / size.users, lost: counts.lost, amplification };
}

function ofNodes({ nodes, counts }: Result): ClaimFigures {
  const received = sum(nodes.map(({ kinds }) => kinds.chat.received));
  const wasted = sum(nodes.map(({ kinds }) => kinds.chat.wasted));
  const receivedPerNode = ratio(received, nodes.length);
  return { receivedPerNode, receivedShare: ratio(receivedPerNode, counts.sent), wastedShare: received === 0 ? 0 : wasted / received };
}

/** In the brokers' own words, all brokers together. */
function ofBrokers(result: Result): ClaimFigures {
  const { counts, plan } = result;
  const { in: taken, relayed, questions } = ownWord(result, plan.topology);
  const brokers = plan.topology.brokers.length;
  return {
    inPerMessage: ratio(taken, counts.sent),
    inPerBroker: ratio(taken, brokers),
    relayedPerMessage: ratio(relayed, counts.sent),
    takenPerBroker: ratio(taken === null || relayed === null ? null : taken + relayed, brokers),
    questionsPerMessage: ratio(questions, counts.sent),
  };
}

/** For the topics of users. */
function ofListening({ nodes, plan: { size, topology } }: Result): ClaimFigures {
  const subscriptions = sum(nodes.map((node) => node.subscriptions.u ?? 0));
  const entries = sum(nodes.map((node) => node.entries.u ?? 0));
  return {
    subscriptionsPerUser: ratio(subscriptions, size.users),
    subscriptionsPerBroker: ratio(subscriptions, topology.brokers.length),
    entriesPerUser: ratio(entries, size.users),
  };
}

function ofTime({ latencyMs: { response } }: Result): ClaimFigures {
  return { responseMsP50: quantile(response.all, 0.5), responseMsP99: quantile(response.all, 0.99) };
}

function quantile(distribution: Distribution | null, at: number): number | null {
  return distribution?.quantiles.find(([fraction]) => fraction === at)?.[1] ?? null;
}

/** null where one is not known, and of nothing. */
function ratio(part: number | null, of: number): number | null {
  return part === null || of === 0 ? null : part / of;
}
