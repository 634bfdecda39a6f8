import { calibrationInWords } from '../calibrationInWords.js';
import { type CapacityPlan, fleetsInOrder, type PlannedStrategy, substitutesInWords } from '../capacityPlan.js';
import { planWords } from '../html/planWords.js';
import { repeatWords } from '../html/repeat.js';
import type { Language } from '../language.js';
import { code, inCell, markdownTable, shellBlock } from '../markdown.js';
import { figuresIn, notKnown } from '../numbers.js';
import { bullets, document, notRun } from './blocks.js';

/** A capacity plan: which fleet to take and why, what every strategy would need, and what all of that rests on. */
export function planMarkdown(plan: CapacityPlan, language: Language = 'en'): string {
  const { title, take, none, setting, predicted, fleets, impossible } = planWords[language];
  const { advice, users, ratePerUser, workload } = plan;
  const substitutes = substitutesInWords(plan.strategies, fleets);
  return document([
    `## ${title}`,
    `**${advice === null ? none : inCell(take(advice.strategy))}**`,
    bullets(advice?.reasons.map(inCell) ?? []),
    `${inCell(`${setting(users, users * ratePerUser)}; ${workload}.`)} ${predicted}`,
    fleetsTable(plan, language),
    substitutes === '' ? '' : inCell(`${fleets.uncalibrated}: ${substitutes}`),
    ...notRun(impossible, plan.impossible),
    ...winnersTable(plan, language),
    inCell(foundation(plan, language)),
    shellBlock(plan.command),
  ]);
}

function fleetsTable(plan: CapacityPlan, language: Language): string {
  const rows = fleetsInOrder(plan);
  const columns = columnsOf(language);
  if (rows.length === 0) return '';
  return markdownTable(
    columns.map(([title]) => title),
    rows.map((row) => columns.map(([, of]) => of(row))),
  );
}

type Column = readonly [title: string, of: (fleet: PlannedStrategy) => string];

function columnsOf(language: Language): readonly Column[] {
  const { columns } = planWords[language];
  const { whole, threeDigits, percent, bytes, compact } = figuresIn(language);
  return [
    [columns.strategy, ({ strategy }) => code(strategy)],
    [columns.nodes, ({ nodes }) => whole(nodes)],
    [columns.brokers, ({ brokers }) => whole(brokers)],
    [columns.cores, ({ cores }) => threeDigits(cores)],
    [columns.nodeShare, ({ node }) => percent(node.share)],
    [columns.brokerShare, ({ broker }) => percent(broker?.share ?? null)],
    [columns.first, ({ saturatesFirst }) => inCell(saturatesFirst)],
    [columns.nodeMemory, ({ node }) => bytes(node.memoryBytes)],
    [columns.subscriptions, ({ subscriptionsPerBroker }) => compact(subscriptionsPerBroker)],
    [columns.wasted, ({ wastedShare }) => percent(wastedShare)],
    [columns.lost, ({ lostShare }) => percent(lostShare)],
  ];
}

function winnersTable({ winners }: CapacityPlan, language: Language): readonly string[] {
  if (winners.length === 0) return [];
  const { title, users, take, hashed } = planWords[language].winners;
  const { compact, threeDigits } = figuresIn(language);
  const rows = winners.map((row) => [compact(row.users), row.strategy === null ? notKnown : code(row.strategy), threeDigits(row.hashed)]);
  return [`${title}:`, markdownTable([users, take, hashed], rows)];
}

/** `calibration: the reference …; seed 7; commit …; bench 0.1.0` */
function foundation({ calibration, seed, environment: { commit, bench, node } }: CapacityPlan, language: Language): string {
  const { terms: asked } = planWords[language].demands;
  const { terms, notKnown: unknown } = repeatWords[language];
  return [
    `${asked.calibration}: ${calibration.where}; ${calibrationInWords(calibration)}`,
    `${terms.seed}: ${seed}`,
    `${terms.commit}: ${commit ?? unknown}`,
    `${terms.bench}: ${bench}, ${node}`,
  ].join('; ');
}
