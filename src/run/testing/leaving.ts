import { expect, it, vi } from 'vitest';
import type { Town } from './town.js';

/** A broker may say what it holds only every few seconds. */
const within = { timeout: 20_000, interval: 100 };

/** Channels of each broker that somebody listens to, by the broker's own word; null: it does not say. */
async function channels(town: Town): Promise<readonly (number | null | undefined)[]> {
  const { brokers } = await town.counted();
  return brokers.map((broker) => broker?.channels);
}

/** Nobody notices a node that listens for ever, but the broker: what comes for nobody is dropped. */
export function leaving(town: () => Town): void {
  it('what its last socket has left, nobody listens for any more', async () => {
    const [node = ''] = town().membership.topology.nodes;
    const before = await channels(town());
    const zoe = await town().client('zoe', node);
    zoe.close();
    await vi.waitFor(async () => expect(await channels(town())).toEqual(before), within);
  });
}
