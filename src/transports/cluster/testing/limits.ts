import { expect, it } from 'vitest';
import type { Address } from '../../../routing/types.js';
import { chatFrom, openSockets, outcomesOf, range } from '../../testing/messages.js';
import type { Transport, TransportKind } from '../../types.js';
import { prefix, type Stage } from './stage.js';

/** What holds for both kinds of Pub/Sub. */
export function limits(kind: TransportKind, stage: () => Stage, somewhere: () => Address): void {
  it('rejects what is beyond the bound, by messages and by bytes, and takes more afterwards', async () => {
    const [few] = await stage().node('n1', { queuedMessages: 10 });
    expect(await outcomes(few, somewhere(), 25)).toEqual({ taken: 10, rejected: 15, unknown: 0 });
    expect(await outcomes(few, somewhere(), 10)).toEqual({ taken: 10, rejected: 0, unknown: 0 });
    const [small] = await stage().node('n2', { queuedBytes: 1_000 });
    expect(await outcomes(small, somewhere(), 100)).toMatchObject({ rejected: expect.toSatisfy((count: number) => count > 0), unknown: 0 });
  });

  it('leaves no connection when it is closed', async () => {
    const before = openSockets();
    const transport = await kind.open((await stage().node('n1'))[1], stage().places, {
      prefix,
      frameKey: 1,
      queuedMessages: 1,
      queuedBytes: 1,
    });
    expect(openSockets()).toBeGreaterThan(before);
    await transport.close();
    await stage().closeNodes();
    expect(openSockets()).toBe(before);
  });
}

/** Publishes all in one turn. */
function outcomes(node: Transport, address: Address, count: number) {
  return outcomesOf(range(count).map((number) => node.publish(address, chatFrom('n1', number))));
}
