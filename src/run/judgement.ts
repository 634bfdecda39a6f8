import { type Judgement, judge } from '../measure/judge.js';
import { Ledger, senderOf } from '../measure/ledger.js';
import { workloadOfPlan } from '../plan/workloadOfPlan.js';
import type { LiveFacts } from './live.js';

/** A dead worker takes along what its users sent: messages from them are left out, since nobody can say whether they were right. */
export async function judgement({ plan, reports, deaths, undrained }: LiveFacts): Promise<Judgement & { readonly ledger: Ledger }> {
  const ledger = new Ledger();
  for (const report of reports) if (report !== null) ledger.merge(Ledger.of(report.ledger));
  const workload = await workloadOfPlan(plan);
  if (reports.includes(null)) forgetSendersOfTheDead(ledger);
  // Where nobody died but somebody fell silent, everything may still be under way.
  const graceMs = undrained !== null && deaths.length === 0 ? Infinity : plan.timing.graceMs;
  const { counts, examples } = judge(ledger, { members: workload.members, graceMs });
  return { counts, examples, ledger };
}

function forgetSendersOfTheDead(ledger: Ledger): void {
  const alive = new Set([...ledger.sockets.keys()].map((socket) => socket.slice(0, socket.indexOf('/'))));
  for (const { receipts: streams } of ledger.sockets.values()) {
    for (const stream of streams.keys()) if (!alive.has(senderOf(stream))) streams.delete(stream);
  }
}
