import { BenchError, wordsOf } from '../error.js';
import type { SeenHop } from '../measure/traceSchema.js';
import { loadStrategy } from '../plan/strategies.js';
import { runChild } from '../processes/child.js';
import { unixMs } from '../processes/clock.js';
import type { NodeCalls, NodePlan } from '../processes/protocol.js';
import { transportKind } from '../transports/index.js';
import { ChatNode } from './node.js';

/** The process of one chat node. Whatever is thrown and caught by nobody ends it with its words on standard error, as Node does by itself. */
let running: ChatNode | undefined;

function node(): ChatNode {
  if (running === undefined) throw new BenchError('bug', '[node] was asked for something before it got its plan');
  return running;
}

async function start({ node, plan, secrets, brokers, store }: NodePlan): ReturnType<NodeCalls['plan']> {
  const { run, seed, topology, rooms, engine, chatLimits: limits } = plan;
  const strategy = await loadStrategy(plan.strategy);
  const route = (view: typeof topology) => strategy.route(view, plan.strategy.options);
  running = await ChatNode.start({
    node,
    run,
    seed,
    topology,
    rooms,
    limits,
    secrets,
    brokers,
    mesh: strategy.mesh === true,
    store,
    route,
    kindOf: transportKind,
    engine,
    options: plan.strategy.options,
    ...(plan.transports && { transports: plan.transports }),
  });
  return { url: await running.listen(), place: running.place, engine: running.engine };
}

/** Leaves, then ends the process once the answer to whoever asked is on its way. */
async function drain(reason: string): Promise<void> {
  await running?.drain(reason);
  setImmediate(() => process.exit(0));
}

/** Ends the recording that is under way. */
let followed: () => readonly SeenHop[] = () => [];

const calls: NodeCalls = {
  time: async () => ({ unixMs: unixMs() }),
  plan: start,
  settle: () => node().settle(),
  snapshot: async () => node().snapshot(),
  peek: async () => node().peek(),
  follow: async (kind) => {
    followed = node().follow(kind);
  },
  followed: async () => followed(),
  view: (topology, places) => node().view(topology, places),
  switch: async (version) => node().switch(version),
  fence: () => node().fence(),
  beat: async () => {},
  clean: async (version) => node().clean(version),
  drain: () => drain('the run is over'),
};

/** Ctrl-C reaches the whole process group; when a node ends is the coordinator's decision. */
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {
  drain('the node is stopping').catch((error: unknown) => {
    process.stderr.write(`[node] could not drain: ${wordsOf(error)}\n`);
    process.exit(1);
  });
});

await runChild('node', calls);
