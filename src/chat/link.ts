import { wordsOf } from '../error.js';
import type { BrokerId } from '../routing/types.js';
import type { Commands, Facts, Transport } from '../transports/types.js';

export interface LinkState {
  readonly receipts: number | null;
  readonly junk: number;
  /** Absent where each message has a command of its own. */
  readonly commands?: Commands;
  readonly state: 'ok' | 'lost' | 'failing';
  /** What is wrong; null when nothing is. */
  readonly words: string | null;
}

/**
 * One broker, as a node is joined to it: what it answered, and whether it is there. What failed is kept only while the broker was there all the time:
 * all subscriptions at one that was lost are made anew when it is back.
 */
export class Link {
  readonly facts: Facts;
  readonly #broker: BrokerId;
  readonly #failed = new Map<string, string>();
  #transport: Transport | undefined;
  #hasLeft = false;
  #isLost = false;
  #outages = 0;
  #receipts: number | null = 0;
  #junk = 0;

  constructor(broker: BrokerId, facts: Facts) {
    this.#broker = broker;
    this.facts = facts;
  }

  /** Undefined: not open yet, or it has left. */
  get transport(): Transport | undefined {
    return this.#transport;
  }

  get state(): LinkState {
    const commands = this.#transport?.commands?.(this.#broker);
    return { receipts: this.#receipts, junk: this.#junk, ...(commands && { commands }), ...this.#health() };
  }

  join(transport: Transport): void {
    this.#transport = transport;
    this.#hasLeft = false;
  }

  /** It was a node of the mesh and is none any more: that it cannot be reached is no news. */
  leave(): void {
    this.#transport = undefined;
    this.#hasLeft = true;
    this.#isLost = false;
    this.#failed.clear();
  }

  setLost(lost: boolean): void {
    this.#isLost = lost && !this.#hasLeft;
    if (lost) this.#outages++;
    this.#failed.clear();
  }

  /** The broker answered a publish; once it does not say how many took one, their sum is not known. */
  answered(receipt: number | null): void {
    this.#receipts = receipt === null || this.#receipts === null ? null : this.#receipts + receipt;
  }

  gotJunk(): void {
    this.#junk++;
  }

  /** A subscribe or unsubscribe. A failure while the broker is lost, or of an attempt from before it was, is no news. */
  async attempt(channel: string, call: Promise<void>): Promise<void> {
    const outages = this.#outages;
    try {
      await call;
      this.#failed.delete(channel);
    } catch (error) {
      if (!this.#isLost && this.#outages === outages) this.#failed.set(channel, wordsOf(error));
      throw error;
    }
  }

  /** Whether the latest attempt there failed for another reason than that the broker is away. */
  fails(channel: string): boolean {
    return this.#failed.has(channel);
  }

  #health(): Pick<LinkState, 'state' | 'words'> {
    if (this.#isLost)
      return { state: 'lost', words: `[${this.#broker}] is lost: nothing is said or heard through it; it is tried again until it is back` };
    const [words] = this.#failed.values();
    return words === undefined ? { state: 'ok', words: null } : { state: 'failing', words };
  }
}
