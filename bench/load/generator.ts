import { setImmediate as turn } from 'node:timers/promises';
import { unixMs } from '../../src/load/clock.js';
import { play } from '../../src/load/player.js';
import { onlySayings } from '../../src/plan/actions.js';
import { loadScenario } from '../../src/plan/scenarios.js';
import { workloadOf } from '../../src/plan/workload.js';
import { bareClients, type Generator, type Lag, type Load, planFor, workerOf } from './generators.js';

/**
 * One generator in a process of its own. It connects, says so, and then makes its load until it is killed:
 * `open`, at the times of the schedule; `closed`, each answer followed by the next message; `idle`, none.
 */
export interface Order extends Load {
  readonly generator: 'raw' | 'socket.io-client' | 'bare socket.io-client';
  readonly mode: 'open' | 'closed' | 'idle';
  /** Of `closed`: how many messages are under way. */
  readonly inFlight: number;
}

/** In that order, the last as often as it is asked. */
export type Told =
  | { readonly connecting: true }
  | { readonly connectedMs: number }
  | { readonly memoryBytes: number; readonly lag: Lag | null };

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const tell = (told: Told) => process.send?.(told);

let lag: () => Lag | null = () => null;

async function main(): Promise<void> {
  const generator = order.generator === 'bare socket.io-client' ? bareClients(order) : await workerOf(order.generator, order);
  if (generator.lag !== undefined) lag = generator.lag;
  tell({ connecting: true });
  const startMs = performance.now();
  await generator.connect();
  tell({ connectedMs: performance.now() - startMs });
  if (order.mode === 'open') await play(await actions(), unixMs(), (action, intendedMs) => generator.say(action, intendedMs, () => {}));
  if (order.mode === 'closed') await keepBusy(generator);
}

async function actions() {
  const plan = await planFor('raw', order);
  return onlySayings(workloadOf(await loadScenario('direct'), plan).actions(), 'a generator');
}

/** The messages of the schedule, their times aside: as the player does when it is late, all that is due in one turn of the event loop. */
async function keepBusy(generator: Generator): Promise<void> {
  const all = (await actions())[Symbol.iterator]();
  let under = 0;
  const answered = () => {
    under--;
  };
  for (;;) {
    for (; under < order.inFlight; under++) {
      const { value, done } = all.next();
      if (done === true) return;
      generator.say(value, unixMs(), answered);
    }
    await turn();
  }
}

/** Collected until that frees no more: what is left is needed. */
function memoryBytes(): number {
  for (let before = Infinity; ; ) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    const now = process.memoryUsage.rss();
    if (now > before * 0.995) return now;
    before = now;
  }
}

process.on('message', () => tell({ memoryBytes: memoryBytes(), lag: lag() }));
process.on('disconnect', () => process.exit(0));
main().catch((error: unknown) => {
  process.stderr.write(`[generator ${order.generator}] ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
