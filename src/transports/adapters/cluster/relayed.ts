import cluster, { type Worker } from 'node:cluster';
import { isAdapterMessage, isFence, isHeartbeat } from './messages.js';

/** What a primary took in and handed out. Heartbeats come by the clock: apart, since no snapshot can be taken between them. */
export interface RelayedCounts {
  in: number;
  out: number;
  heartbeatsIn: number;
  heartbeatsOut: number;
}

/** Counts what passes the primary, from outside: the adapter is the published one. A fence is sent back behind all that was handed out before. */
export class Relayed {
  readonly counted: RelayedCounts = { in: 0, out: 0, heartbeatsIn: 0, heartbeatsOut: 0 };

  constructor() {
    cluster.on('message', (worker, message: unknown) => {
      if (isFence(message)) worker.send(message);
      else this.#count(message, 'in', 'heartbeatsIn');
    });
    cluster.on('fork', (worker) => this.#seeSends(worker));
  }

  #seeSends(worker: Worker): void {
    const send = worker.send.bind(worker);
    worker.send = (message: Parameters<Worker['send']>[0], ...rest: unknown[]) => {
      this.#count(message, 'out', 'heartbeatsOut');
      return Reflect.apply(send, worker, [message, ...rest]) as boolean;
    };
  }

  #count(message: unknown, figure: 'in' | 'out', heartbeats: 'heartbeatsIn' | 'heartbeatsOut'): void {
    if (isAdapterMessage(message)) this.counted[isHeartbeat(message) ? heartbeats : figure]++;
  }
}
