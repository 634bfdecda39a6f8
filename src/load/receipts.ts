import { type Ledger, socketName } from '../measure/ledger.js';
import { userId } from '../plan/placement.js';
import { PairCounts } from './pairCounts.js';
import { type Said, streamSaid } from './text.js';

/** The count of a pair whose receipts are in the ledger from now on. */
const booked = -1;

/**
 * What arrived, until there is time to write it into the ledger. Direct messages that come to their recipient in order and once, which
 * is nearly all of them, are a count for each pair of users; everything else goes into the ledger at once.
 */
export class Receipts {
  readonly #ledger: Ledger;
  /** Of everyone's first device; others are rare. */
  readonly #inOrder = new PairCounts();
  #allBooked = true;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** `user`, `device`: whose socket got it. False when that had got the message before. */
  add(user: number, device: number, said: Said): boolean {
    if (said.form === 'u' && said.to === user && device === 0) {
      this.#allBooked = false;
      if (this.#inOrder.countsTo(user, said.from, said.sequence)) return true;
      const count = this.#inOrder.get(user, said.from);
      if (count > 0) this.#bookPair(user, said.from, count);
      this.#inOrder.set(user, said.from, booked);
    }
    return this.#add(user, device, said);
  }

  /** Writes everything into the ledger. */
  book(): void {
    if (this.#allBooked) return;
    this.#allBooked = true;
    for (const [user, from, count] of this.#inOrder) {
      if (count === booked) continue;
      this.#bookPair(user, from, count);
      this.#inOrder.set(user, from, booked);
    }
  }

  #bookPair(user: number, from: number, count: number): void {
    const stream = streamSaid({ from, form: 'u', to: user });
    const socket = socketName(userId(user), '0');
    for (let sequence = 1; sequence <= count; sequence++) this.#ledger.add({ fact: 'received', socket, stream, sequence });
  }

  #add(user: number, device: number, said: Said): boolean {
    const [stream, socket] = [streamSaid(said), socketName(userId(user), String(device))];
    const isNew = !this.#ledger.has(socket, stream, said.sequence);
    this.#ledger.add({ fact: 'received', socket, stream, sequence: said.sequence });
    return isNew;
  }
}
