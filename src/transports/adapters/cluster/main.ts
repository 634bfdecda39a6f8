import { startPrimary } from './primary.js';

/** The process of the primary: its secret comes in the environment, which no other user can read, and is not handed on to the nodes. */
const secret = process.env.BENCH_PRIMARY_SECRET ?? '';
delete process.env.BENCH_PRIMARY_SECRET;
// Bench keeps a pipe to this process open as long as it lives.
process.stdin.once('close', () => process.exit(0)).resume();
process.stdout.write(`${JSON.stringify({ port: await startPrimary(secret) })}\n`);
