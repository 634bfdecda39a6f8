import { createColors } from 'picocolors';
import { type Calibrated, calibrationInWords } from '../calibrationInWords.js';
import { bytes, percent, threeDigits, whole } from '../numbers.js';
import { columns, wrap } from './layout.js';

interface Fit {
  readonly terms: Readonly<Record<string, { readonly each: number; readonly error: number }>>;
  readonly observations: number;
  readonly residualShare: number;
}

/** What a calibration says, as far as it is shown. */
export interface ShownCalibration extends Calibrated {
  readonly cpuUs: { readonly nodes: Readonly<Record<string, Fit>>; readonly brokers: Readonly<Record<string, Fit>> };
  readonly memoryBytes: { readonly nodes: Readonly<Record<string, Fit>>; readonly brokers: Readonly<Record<string, Fit>> };
}

/** What each thing costs each role: CPU in µs, memory in bytes; `±` is one standard error. */
export function renderCalibration(
  calibration: ShownCalibration,
  { colour, width }: { readonly colour: boolean; readonly width: number },
): string {
  const colours = createColors(colour);
  const { cpuUs, memoryBytes } = calibration;
  const cpu = (role: string, fit: Fit) => rowsOf(role, fit, (value) => `${threeDigits(value)} µs`);
  const memory = (role: string, fit: Fit) => rowsOf(role, fit, bytes);
  const rows = [
    ...Object.entries(cpuUs.nodes).flatMap(([engine, fit]) => cpu(`node, engine ${engine}`, fit)),
    ...Object.entries(cpuUs.brokers).flatMap(([kind, fit]) => cpu(kind, fit)),
    ...Object.entries(memoryBytes.nodes).flatMap(([engine, fit]) => memory(`node, engine ${engine}`, fit)),
    ...Object.entries(memoryBytes.brokers).flatMap(([kind, fit]) => memory(kind, fit)),
  ];
  return `${[
    colours.bold('What each costs'),
    ...wrap(calibrationInWords(calibration), width, '  '),
    '',
    ...columns(
      [['role', 'for each', 'cost', '±', 'fits to', 'from'].map((word) => colours.dim(word)), ...rows],
      ['left', 'left', 'right', 'right', 'right', 'right'],
    ),
    ...wrap(
      'seconds: to be there, whatever the load; fits to: typical difference from what was measured; 0: nothing that could be told apart from the others',
      width,
      '  ',
    ).map(colours.dim),
  ].join('\n')}\n`;
}

function rowsOf(role: string, { terms, residualShare, observations }: Fit, unit: (value: number) => string): string[][] {
  return Object.entries(terms)
    .filter(([, { each }]) => each > 0)
    .map(([name, { each, error }], index) =>
      index === 0
        ? [role, name, unit(each), unit(error), percent(residualShare), whole(observations)]
        : ['', name, unit(each), unit(error), '', ''],
    );
}
