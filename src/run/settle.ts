import type { Stage } from './live.js';

/** A worker gives up on a node by itself, and can say more of it: so much longer it is waited for. */
export const slackMs = 2_000;

/** Resolves when nothing is in flight: not to a broker, not to a node, not to a socket. */
export async function settle({ plan, cast, patience }: Pick<Stage, 'plan' | 'cast' | 'patience'>): Promise<void> {
  const { drainMs } = plan.timing;
  await patience.all('settle', drainMs, cast.nodes, ({ call }) => call.settle());
  await patience.all('settle', drainMs, cast.nodes, ({ call }) => call.settle());
  await patience.all('settle', drainMs + slackMs, cast.workers, ({ call }) => call.settle());
}
