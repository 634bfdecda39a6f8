import { plural, whole } from './numbers.js';

/** Where and by what a calibration was made. */
export interface Calibrated {
  readonly madeAt: string;
  readonly environment: { readonly platform: string; readonly cpus: string; readonly cores: number; readonly node: string };
  readonly runs: readonly { readonly ratePerSecond: number }[];
}

/** `14 live runs at 150 to 4,000 messages/s on linux x64, 2 cores (...), Node.js v20, 2026-11-24` */
export function calibrationInWords({ environment, runs, madeAt }: Calibrated): string {
  const rates = runs.map(({ ratePerSecond }) => ratePerSecond);
  const { platform, cores, cpus, node } = environment;
  const at = `${whole(Math.min(...rates))} to ${whole(Math.max(...rates))} messages/s`;
  return `${plural(runs.length, 'live run')} at ${at} on ${platform}, ${cores} cores (${cpus}), Node.js ${node}, ${madeAt.slice(0, 10)}`;
}
