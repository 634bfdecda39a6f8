import { speak } from './clients.js';

/** A process that publishes to whoever listens, so that its CPU is not theirs: `speaker <port> <turns> <messages in a turn>`. */
const [port = 0, turns = 0, messages = 0] = process.argv.slice(2).map(Number);
await speak(port, turns, messages);
