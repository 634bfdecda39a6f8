import { setTimeout as pause } from 'node:timers/promises';
import { openRedis } from '../../src/transports/redis/transport.js';
import { GatheringTurns } from '../../src/transports/turns.js';
import type { Transport } from '../../src/transports/types.js';
import type { Order, Taken } from './order.js';

/** A process that keeps so many messages to its peers under way, each taken when Redis has handed it out: `peer <order as JSON>`. */
const order: Order = JSON.parse(process.argv[2] ?? '{}');
const { url, index, peers, inFlight, warmUpMs, windowMs, batchDelayMsMax } = order;
const latenciesMs: number[] = [];
let taken = 0;
let going = true;

async function keepSending(transport: Transport, lane: number): Promise<void> {
  for (let number = lane; going; number++) {
    const channel = `n:${(index + 1 + (number % (peers - 1))) % peers}`;
    const sentMs = performance.now();
    const body = Buffer.from('2["message",{"from":"user-0001","text":"xxxxxxxxxxxxxxxxxxxx"}]');
    await transport.publish({ broker: 'r1', channel }, { kind: 'chat', id: `n${index}-${number}`, view: 1, topics: ['u:user-1234'], body });
    taken++;
    if (taken % 100 === 0) latenciesMs.push(performance.now() - sentMs);
  }
}

function fail(words: string): () => never {
  return () => {
    throw new Error(words);
  };
}

const node = { id: `n${index}`, arrived: () => {}, junk: fail('junk'), lost: fail('lost'), reconnected: () => {} };
const settings = { prefix: 'bench:gathering:', frameKey: 7, queuedMessages: 50_000, queuedBytes: 2 ** 26 };
const transport = await openRedis(node, [{ id: 'r1', url }], { ...settings, turns: new GatheringTurns({ batchDelayMsMax }) });
await transport.subscribe({ broker: 'r1', channel: `n:${index}` });
const lanes = Array.from({ length: inFlight }, (_, lane) => keepSending(transport, lane));
await pause(warmUpMs);
const [before, takenBefore] = [process.cpuUsage(), taken];
latenciesMs.length = 0;
await pause(windowMs);
const { user, system } = process.cpuUsage(before);
const measured: Taken = { messages: taken - takenBefore, cpuUs: user + system, latenciesMs: [...latenciesMs] };
going = false;
await Promise.all(lanes);
await transport.settle();
await transport.close();
console.log(JSON.stringify(measured));
