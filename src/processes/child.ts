import { WebSocket } from 'ws';
import { usage } from '../error.js';
import type { CoordinatorCalls, Hello, NodeCalls, WorkerCalls } from './protocol.js';
import { controlPayloadBytes, rpcOver } from './rpc.js';

/** A child takes its place in the run from the environment: the token is never in argv, which every user of the machine can read. */
function placeOf(environment: NodeJS.ProcessEnv): { url: string; token: string; index: number } {
  const { BENCH_CONTROL_URL: url, BENCH_CONTROL_TOKEN: token, BENCH_INDEX: index } = environment;
  if (url === undefined || token === undefined || index === undefined) {
    throw usage('this program is started by `bench run`, not by hand: BENCH_CONTROL_URL, BENCH_CONTROL_TOKEN or BENCH_INDEX is missing');
  }
  return { url, token, index: Number(index) };
}

/**
 * Dials the coordinator, says hello and serves its calls. The process ends itself when the coordinator goes,
 * whatever it was doing: nothing may outlive a run.
 */
export async function runChild(role: Hello['role'], calls: NodeCalls | WorkerCalls): Promise<void> {
  const { url, token, index } = placeOf(process.env);
  delete process.env.BENCH_CONTROL_TOKEN;
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` }, maxPayload: controlPayloadBytes });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => process.exit(1));
  socket.once('close', () => process.exit(0));
  await rpcOver<CoordinatorCalls, NodeCalls | WorkerCalls>(socket, calls).hello({ role, index, pid: process.pid });
}
