import type { Ledger, Outcome } from '../measure/ledger.js';
import { argSort } from './argSort.js';
import { type Said, streamSaid } from './text.js';

const outcomes: readonly Outcome[] = ['taken', 'rejected', 'unknown'];
/** As many are written into the ledger at a time. */
const most = 1 << 20;

/**
 * What became of messages that were sent, 25 bytes each, until there is time to write it into the ledger: a ledger makes several objects
 * for each new pair of sender and recipient, which during the load would cost more than the message itself.
 */
export class SentLog {
  readonly #ledger: Ledger;
  #size = 1 << 12;
  #from = new Int32Array(this.#size);
  #to = new Int32Array(this.#size);
  #sequence = new Int32Array(this.#size);
  #atMs = new Float64Array(this.#size);
  /** Outcome, and whether the target is a room. */
  #kind = new Uint8Array(this.#size);
  #length = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  add(said: Said, outcome: Outcome): void {
    if (this.#length === this.#size) this.#makeRoom();
    const at = this.#length++;
    this.#from[at] = said.from;
    this.#to[at] = said.to;
    this.#sequence[at] = said.sequence;
    this.#atMs[at] = said.sentMs;
    this.#kind[at] = outcomes.indexOf(outcome) * 2 + (said.form === 'r' ? 1 : 0);
  }

  /** Writes everything into the ledger, target by target: whoever judges then finds what belongs to one recipient close together. */
  book(): void {
    for (const at of argSort(this.#to.subarray(0, this.#length), 0)) {
      const kind = this.#kind[at] ?? 0;
      const stream = streamSaid({ from: this.#from[at] ?? 0, form: kind % 2 === 1 ? 'r' : 'u', to: this.#to[at] ?? 0 });
      const outcome = outcomes[kind >> 1] ?? 'unknown';
      this.#ledger.add({ fact: 'sent', stream, sequence: this.#sequence[at] ?? 0, atMs: this.#atMs[at] ?? 0, outcome });
    }
    this.#length = 0;
  }

  #makeRoom(): void {
    if (this.#size === most) this.book();
    else this.#grow();
  }

  #grow(): void {
    this.#size *= 2;
    this.#from = larger(this.#from, new Int32Array(this.#size));
    this.#to = larger(this.#to, new Int32Array(this.#size));
    this.#sequence = larger(this.#sequence, new Int32Array(this.#size));
    this.#atMs = larger(this.#atMs, new Float64Array(this.#size));
    this.#kind = larger(this.#kind, new Uint8Array(this.#size));
  }
}

function larger<Numbers extends Int32Array | Float64Array | Uint8Array>(numbers: Numbers, room: Numbers): Numbers {
  room.set(numbers);
  return room;
}
