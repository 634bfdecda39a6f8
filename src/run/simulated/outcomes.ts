import type { Reply } from '../../chat/protocol.js';
import { refusal } from '../../load/driver.js';
import type { Said } from '../../load/text.js';

/** A message between being said and being answered for. */
interface Open {
  readonly said: Said;
  /** Publishes that no broker has taken or refused yet; while a node is at it, one more. */
  open: number;
  taken: number;
  refused: number;
}

/**
 * What a node answers to the sender of each message, as the chat server does: taken when every broker took it, rejected when nothing of it
 * happened, unknown when some of it did.
 */
export class Outcomes {
  readonly #open = new Map<string, Open>();
  readonly #answer: (said: Said, reply: Reply<object>) => void;

  constructor(answer: (said: Said, reply: Reply<object>) => void) {
    this.#answer = answer;
  }

  begin(id: string, said: Said): void {
    this.#open.set(id, { said, open: 1, taken: 0, refused: 0 });
  }

  /** The node puts one copy to a broker, or waits for a directory. */
  wait(id: string): void {
    const message = this.#open.get(id);
    if (message !== undefined) message.open++;
  }

  /** One thing less to wait for. `taken`: a broker took a copy, or refused it; null: it was no copy. */
  settle(id: string, taken: boolean | null): void {
    const message = this.#open.get(id);
    if (message === undefined) return;
    if (taken === true) message.taken++;
    if (taken === false) message.refused++;
    if (--message.open > 0) return;
    this.#open.delete(id);
    this.#answer(message.said, replyOf(message));
  }

  /** Nothing is waited for any more: what was not answered stays unknown. */
  giveUp(): void {
    for (const { said } of this.#open.values()) this.#answer(said, refusal('unknown', 'not answered'));
    this.#open.clear();
  }
}

function replyOf({ taken, refused }: Open): Reply<object> {
  if (refused === 0) return { ok: true };
  return taken === 0 ? refusal('rejected', 'broker refused') : refusal('unknown', 'broker did not confirm');
}
