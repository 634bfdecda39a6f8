import cluster, { type Worker } from 'node:cluster';
import type { BrokerTraffic } from '../../../routing/messages.js';
import { PrimaryEnd } from './heartbeats.js';
import { isAdapterMessage, isFence, isHeartbeat } from './messages.js';

/** What a primary took in and handed out. `heartbeats`: those that the latest fence of each worker followed. */
export interface RelayedCounts {
  readonly messages: BrokerTraffic;
  readonly heartbeats: BrokerTraffic;
}

/** Counts what passes the primary, from outside: the adapter is the published one. A fence is sent back behind all that was handed out before. */
export class Relayed {
  readonly counted: RelayedCounts = { messages: { in: 0, out: 0 }, heartbeats: { in: 0, out: 0 } };
  readonly #ends = new Map<number, PrimaryEnd>();

  constructor() {
    cluster.on('message', (worker, message: unknown) => {
      if (isFence(message)) this.#turn(message, worker);
      else this.#count(worker, message, 'in');
    });
    cluster.on('fork', (worker) => this.#seeSends(worker));
  }

  #seeSends(worker: Worker): void {
    const send = worker.send.bind(worker);
    worker.send = (message: Parameters<Worker['send']>[0], ...rest: unknown[]) => {
      this.#count(worker, message, 'out');
      return Reflect.apply(send, worker, [message, ...rest]) as boolean;
    };
  }

  #turn(fence: Parameters<Worker['send']>[0], worker: Worker): void {
    worker.send(fence);
    const released = this.#endOf(worker).turn();
    this.counted.heartbeats.in += released.in;
    this.counted.heartbeats.out += released.out;
  }

  #count(worker: Worker, message: unknown, direction: keyof BrokerTraffic): void {
    if (!isAdapterMessage(message)) return;
    if (isHeartbeat(message)) this.#endOf(worker).count(direction);
    else this.counted.messages[direction]++;
  }

  #endOf({ id }: Worker): PrimaryEnd {
    const end = this.#ends.get(id) ?? new PrimaryEnd();
    this.#ends.set(id, end);
    return end;
  }
}
