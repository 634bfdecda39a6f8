import { BenchError } from '../../error.js';
import { Hub } from './hub.js';

/** The process entry: tells its port on stdout and ends with its parent, whose end closes stdin. */
const { BENCH_HUB_PORT: port = '0', BENCH_HUB_SECRET: secret } = process.env;
if (secret === undefined || secret === '')
  throw new BenchError('usage', '[hub] needs a secret in BENCH_HUB_SECRET; bench starts it with one');
const hub = await Hub.start(Number(port), secret);
process.stdout.write(`${JSON.stringify({ port: hub.port })}\n`);

const end = () => process.exit(0);
process.once('SIGTERM', end);
process.stdin.once('end', end).once('close', end).resume();
