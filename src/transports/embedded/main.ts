import { startEmbeddedBroker } from './server.js';

/** The process entry: tells its port on stdout and ends with its parent, whose end closes stdin. */
const broker = await startEmbeddedBroker({ host: '127.0.0.1', port: Number(process.env.BENCH_BROKER_PORT ?? 0) });
process.stdout.write(`${JSON.stringify({ port: broker.port })}\n`);

const end = () => process.exit(0);
process.once('SIGTERM', end);
process.stdin.once('end', end).once('close', end).resume();
