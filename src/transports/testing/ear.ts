import type { Message } from '../../routing/messages.js';
import type { Address, BrokerId, NodeId } from '../../routing/types.js';
import type { LocalNode } from '../types.js';

/** A chat node that only writes down what its transport tells it. */
export class Ear implements LocalNode {
  readonly id: NodeId;
  readonly heard: { readonly address: Address; readonly message: Message<Buffer> }[] = [];
  readonly junkFrom: BrokerId[] = [];
  /** `lost r1`, `lost r1 for publishing`, `reconnected r1`, in order. */
  readonly changes: string[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(id: NodeId) {
    this.id = id;
  }

  arrived(address: Address, message: Message<Buffer>): void {
    this.heard.push({ address, message });
    this.#wake();
  }

  junk(broker: BrokerId): void {
    this.junkFrom.push(broker);
  }

  lost(broker: BrokerId, only?: 'publishing'): void {
    this.note(only === undefined ? `lost ${broker}` : `lost ${broker} for ${only}`);
  }

  reconnected(broker: BrokerId): void {
    this.note(`reconnected ${broker}`);
  }

  get ids(): string[] {
    return this.heard.map(({ message }) => message.id);
  }

  /** Resolves when the change has been told, so many times. */
  async until(change: string, times = 1): Promise<void> {
    while (this.changes.filter((told) => told === change).length < times) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Resolves when so many messages have been heard. */
  async untilHeard(messages: number): Promise<void> {
    while (this.heard.length < messages) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  protected note(change: string): void {
    this.changes.push(change);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
