import type { Comparison } from '../verdict/costGate.js';
import type { ExactEntry, GateRecord, StatisticalLayer } from '../verdict/gate.js';
import { comparisonCells, comparisonHead, differenceInWords } from './gateWords.js';
import { type JunitCase, junitText } from './junit.js';

/** One case for each run and each figure. */
export function gateJunit({ exact, statistical, command }: GateRecord): string {
  return junitText('bench gate', [
    ...(exact === null ? [] : [{ name: 'exact', cases: exact.entries.map(caseOf) }]),
    ...(statistical === null ? [] : [{ name: 'statistical', cases: statisticalCases(statistical, command) }]),
  ]);
}

function caseOf({ name, status, seconds, reasons, differences, command }: ExactEntry): JunitCase {
  return { name, status, seconds, words: [...reasons, ...differences.map(differenceInWords), `again: ${command}`] };
}

function statisticalCases({ figures, reasons, status }: StatisticalLayer, command: string): readonly JunitCase[] {
  const unplayed = reasons.length === 0 ? [] : [{ name: 'all pairs', status, words: [...reasons, `again: ${command}`] }];
  return [...figures.map((figure) => caseOfFigure(figure, command)), ...unplayed];
}

function caseOfFigure(figure: Comparison, command: string): JunitCase {
  const cells = comparisonCells(figure).map((cell, index) => `${comparisonHead[index]}: ${cell}`);
  return { name: `${figure.strategy} ${figure.figure}`, status: figure.status, words: [cells.join(', '), `again: ${command}`] };
}
