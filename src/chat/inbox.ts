import type { NodeId, Topic } from '../routing/types.js';
import type { Listener } from './listener.js';
import type { Packet } from './packet.js';
import type { Switchboard } from './switchboard.js';

/**
 * Where the answers to a node's questions arrive: `n:<node>`. It is listened to while somebody is online here, so that a strategy pays
 * for the nodes in use, and while a question is open: the answers to one whose asker has left would be wasted otherwise.
 * Where every node of the view must answer a question, a node `stays` there as long as it lives: silence of one with nobody online would be no answer.
 */
export class Inbox implements Listener {
  readonly topics = new Set<Topic>();
  readonly write: (answer: Packet) => void;
  readonly #topic: Topic;
  readonly #switchboard: Pick<Switchboard, 'want' | 'unwant'>;
  #reasons = 0;
  #stays = false;

  constructor(node: NodeId, switchboard: Pick<Switchboard, 'want' | 'unwant'>, take: (answer: string) => void) {
    this.#topic = `n:${node}`;
    this.#switchboard = switchboard;
    this.write = ({ text }) => take(text);
  }

  /** Resolves when answers are heard. */
  hold(): Promise<void> {
    this.#reasons++;
    return this.#switchboard.want(this.#topic, this);
  }

  release(): void {
    if (--this.#reasons === 0) this.#switchboard.unwant(this.#topic, this);
  }

  /** From the next view on, which is not ready before answers are heard. */
  stay(): void {
    this.#stays = true;
    void this.hold();
  }

  leave(): void {
    if (!this.#stays) return;
    this.#stays = false;
    this.release();
  }

  /** Held until the work is over. Whoever asks is online, so answers are heard already. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    void this.hold();
    try {
      return await work();
    } finally {
      this.release();
    }
  }
}
