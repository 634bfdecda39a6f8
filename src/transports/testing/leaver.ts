import { transportKind } from '../index.js';
import { Ear } from './ear.js';

/**
 * A process of its own for the tests: `leaver <kind> <url> [pid]` opens a transport and uses it, kills the broker when it is
 * given its pid, closes the transport, and writes what of it would still keep this process alive.
 */
const [kind = '', url = '', pid] = process.argv.slice(2);
const ear = new Ear('n1');
const settings = { prefix: 'bench:leaver:', frameKey: 1, queuedMessages: 10, queuedBytes: 1_000 };
const transport = await (await transportKind(kind)).open(ear, [{ id: 'r1', url }], settings);
const address = { broker: 'r1', channel: 'u:ann' };
await transport.subscribe(address);
await transport.publish(address, { kind: 'chat', id: 'n1-1', view: 1, topics: ['u:ann'], body: Buffer.from('hello') });
if (pid !== undefined) {
  process.kill(Number(pid), 'SIGKILL');
  await ear.until('lost r1');
}
await transport.close();
console.log(`left: ${process.getActiveResourcesInfo().filter((resource) => /^TCP|^Timeout/.test(resource))}`);
