import type { Comparison } from '../verdict/costGate.js';
import type { ExactEntry, GateRecord, StatisticalLayer } from '../verdict/gate.js';
import { comparisonCells, comparisonHead, differenceInWords } from './gateWords.js';

/** For what shows tests in a CI: one case for each run and each figure. An unknown is an error there, a failure a failure. */
export function gateJunit({ exact, statistical, command }: GateRecord): string {
  const suites = [
    ...(exact === null ? [] : [suite('exact', exact.entries.map(caseOf))]),
    ...(statistical === null ? [] : [suite('statistical', statisticalCases(statistical, command))]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bench gate">\n${suites.join('\n')}\n</testsuites>\n`;
}

interface Case {
  readonly name: string;
  readonly status: ExactEntry['status'];
  readonly seconds: number;
  readonly words: readonly string[];
}

function caseOf({ name, status, seconds, reasons, differences, command }: ExactEntry): Case {
  return { name, status, seconds, words: [...reasons, ...differences.map(differenceInWords), `again: ${command}`] };
}

function statisticalCases({ figures, reasons, status }: StatisticalLayer, command: string): readonly Case[] {
  const unplayed = reasons.length === 0 ? [] : [{ name: 'all pairs', status, seconds: 0, words: [...reasons, `again: ${command}`] }];
  return [...figures.map((figure) => caseOfFigure(figure, command)), ...unplayed];
}

function caseOfFigure(figure: Comparison, command: string): Case {
  const cells = comparisonCells(figure).map((cell, index) => `${comparisonHead[index]}: ${cell}`);
  return { name: `${figure.strategy} ${figure.figure}`, status: figure.status, seconds: 0, words: [cells.join(', '), `again: ${command}`] };
}

function suite(name: string, cases: readonly Case[]): string {
  const count = (status: Case['status']) => cases.filter((one) => one.status === status).length;
  const seconds = cases.reduce((sum, one) => sum + one.seconds, 0);
  const figures = `tests="${cases.length}" failures="${count('fail')}" errors="${count('unknown')}" time="${seconds.toFixed(3)}"`;
  return `  <testsuite name="${escaped(name)}" ${figures}>\n${cases.map((one) => caseText(name, one)).join('\n')}\n  </testsuite>`;
}

const elements = { fail: 'failure', unknown: 'error' } as const;

function caseText(suite: string, { name, status, seconds, words }: Case): string {
  const head = `    <testcase classname="bench.gate.${escaped(suite)}" name="${escaped(name)}" time="${seconds.toFixed(3)}"`;
  if (status === 'pass') return `${head}/>`;
  const element = elements[status];
  return `${head}>\n      <${element} message="${escaped(words[0] ?? '')}">${escaped(words.join('\n'))}</${element}>\n    </testcase>`;
}

/** XML 1.0 has no place for control characters, nor for halves of surrogate pairs, however they are written. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\n\r\t]|[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"'\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
