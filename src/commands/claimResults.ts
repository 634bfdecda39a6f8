import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { usage, wordsOf } from '../error.js';
import type { Result } from '../measure/result.js';
import { readResult } from '../report/json.js';
import type { Observed } from '../verdict/claims/criterion.js';
import { claimFiguresOf } from '../verdict/claims/figures.js';
import { isAt, type Load, type PointName, points } from '../verdict/claims/points.js';

export interface Found {
  readonly observed: readonly Observed[];
  readonly results: readonly Result[];
}

/** Live results in folders, as far as they are of the points and the load that claims are judged at. `from`: where links lead from. */
export async function claimResults(folders: readonly string[], load: Load, from: string): Promise<Found> {
  const files = (await Promise.all(folders.map(resultFiles))).flat().sort();
  const all = await Promise.all(files.map(async (file) => ({ file, result: readResult(await readFile(file, 'utf8'), file) })));
  const fitting = all.flatMap(({ file, result }) => {
    const observed = observedIn(result, relative(from, dirname(file)), load);
    return observed.length === 0 ? [] : [{ observed, result }];
  });
  if (fitting.length === 0) throw usage(noneFits(folders, load));
  return { observed: fitting.flatMap(({ observed }) => observed), results: fitting.map(({ result }) => result) };
}

/** A strategy that knows but one broker stands at several points at once. */
function observedIn(result: Result, folder: string, load: Load): readonly Observed[] {
  const names = Object.keys(points) as PointName[];
  if (result.source !== 'live') return [];
  return names
    .filter((name) => isAt(result.plan, name, load))
    .map((point) => ({ strategy: result.plan.strategy.name, point, folder, figures: claimFiguresOf(result) }));
}

async function resultFiles(folder: string): Promise<readonly string[]> {
  const inside = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw usage(`cannot read ${folder}: ${wordsOf(error)}; name a folder of results, like results/latest`);
  });
  return inside.filter((path) => path === 'result.json' || path.endsWith('/result.json')).map((path) => join(folder, path));
}

function noneFits(folders: readonly string[], { users, ratePerSecond, seconds }: Load): string {
  const sizes = Object.values(points).map(({ nodes, brokers }) => `${nodes} nodes and ${brokers} brokers`);
  return (
    `no live result in ${folders.join(', ')} is of scenario direct with ${users} users, ${ratePerSecond} messages/s for ${seconds} s ` +
    `and ${[...new Set(sizes)].join(', or ')}: say what they have with --users, --rate and --duration, or give no folder and bench plays them`
  );
}
