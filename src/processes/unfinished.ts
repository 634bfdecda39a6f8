import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder of results holds before its result does. */
export const unfinishedFiles = { plan: 'plan.json', result: '.result.json.partial' } as const;

/** Removes the folder of a run that came to nothing; whatever bench did not write there stays, and its folder with it. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const file of Object.values(unfinishedFiles)) await rm(join(folder, file), { force: true });
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY') throw error;
  });
}
