import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'vitest';
import { disagreementInWords, modelAgreement } from './agreement.js';
const folder = '/work/main/results/live';
it('tries', async () => {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.')) continue;
    const result = JSON.parse(readFileSync(`${folder}/${name}/result.json`, 'utf8'));
    const t = performance.now();
    try {
      const d = await modelAgreement(result);
      console.log(name, d.length, (performance.now() - t).toFixed(0), d.slice(0, 4).map(disagreementInWords).join(' | '));
    } catch (e) { console.log(name, (e as Error).stack); }
  }
});
