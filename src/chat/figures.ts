import type { NodePeek, NodeSnapshot } from '../processes/protocol.js';
import { EventLoopDelay } from './eventLoopDelay.js';
import type { Links } from './links.js';
import { Refusals } from './refused.js';
import type { Switchboard } from './switchboard.js';

interface Counting {
  readonly switchboard: Pick<Switchboard, 'counters' | 'subscriptions' | 'entries'>;
  readonly links: Pick<Links, 'states' | 'joinWindowMsMax'>;
  connections(): number;
}

/** All that a node counted since it started, gathered from whoever counts it, and what its process uses. */
export class Figures {
  readonly refusals = new Refusals();
  readonly #counting: Counting;
  readonly #eventLoopDelay = new EventLoopDelay();
  #slowReadersCut = 0;

  constructor(counting: Counting) {
    this.#counting = counting;
  }

  start(): void {
    this.#eventLoopDelay.start();
  }

  stop(): void {
    this.#eventLoopDelay.stop();
  }

  cutSlowReader(): void {
    this.#slowReadersCut++;
  }

  /** The event loop's delay in it is that since the snapshot before. */
  snapshot(): NodeSnapshot {
    const figures = this.now();
    this.#eventLoopDelay.reset();
    return figures;
  }

  /** The same, and no snapshot. */
  now(): NodeSnapshot {
    const { switchboard, links, connections } = this.#counting;
    const { kinds, asBroker, subscribes, unsubscribes } = switchboard.counters;
    const { user, system } = process.cpuUsage();
    return {
      kinds: structuredClone(kinds),
      brokers: this.#brokers(),
      asBroker: structuredClone(asBroker),
      subscribes,
      unsubscribes,
      subscriptions: switchboard.subscriptions(),
      entries: switchboard.entries(),
      connections: connections(),
      refused: this.refusals.byReason(),
      slowReadersCut: this.#slowReadersCut,
      joinWindowMsMax: links.joinWindowMsMax,
      cpuUs: user + system,
      memoryBytes: process.memoryUsage.rss(),
      eventLoopDelayMsP99: this.#eventLoopDelay.percentileMs(99),
    };
  }

  peek(): NodePeek {
    const { switchboard, connections } = this.#counting;
    const subscriptions = Object.values(switchboard.subscriptions()).reduce((total, count) => total + count, 0);
    return { connections: connections(), subscriptions, memoryBytes: process.memoryUsage.rss() };
  }

  #brokers(): NodeSnapshot['brokers'] {
    const { switchboard, links } = this.#counting;
    const counted = switchboard.counters.brokers;
    const figures = [...links.states()].map(
      ([id, { receipts, junk, commands }]) =>
        [id, { kinds: counted.of(id), receipts, junk, ...(commands && { commands: { ...commands } }) }] as const,
    );
    return Object.fromEntries(figures);
  }
}
