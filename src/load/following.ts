import type { Answers, Reply } from '../chat/protocol.js';
import type { SocketName } from '../measure/ledger.js';
import type { SeenHop } from '../measure/traceSchema.js';
import { nodeIndex, roomId, userId } from '../plan/placement.js';
import type { Subject } from '../plan/subjects.js';
import type { NodeId } from '../routing/types.js';
import type { Clock } from './clock.js';
import { type People, speaking } from './people.js';

type Answer = Reply<Answers['message' | 'post' | 'presence']>;
type ClientHop = Pick<SeenHop, 'at' | 'what'> & { readonly from?: NodeId | undefined; readonly to?: NodeId | undefined };

/**
 * One message after the load, watched at both ends: a message like all others but for its text, which belongs to no stream of the load.
 * So nothing in the load has to look for it, and it is in no figure.
 */
export class Following {
  readonly #people: Pick<People, 'plays' | 'request'>;
  readonly #nodes: readonly NodeId[];
  readonly #text: string;
  readonly #clock: Clock;
  #seen: SeenHop[] = [];

  constructor(people: Pick<People, 'plays' | 'request'>, nodes: readonly NodeId[], bytes: number, clock: Clock) {
    this.#people = people;
    this.#nodes = nodes;
    this.#text = 'followed '.padEnd(bytes, '.');
    this.#clock = clock;
  }

  /** Resolves when the sender is answered; at once when another worker plays the sender. */
  async follow(subject: Subject): Promise<void> {
    this.#seen = [];
    if (!this.#people.plays(subject.user)) return;
    const at = userId(subject.user);
    const node = this.#nodes[nodeIndex(subject.user, speaking, this.#nodes.length)];
    this.#add({ at, what: 'intended' });
    const answered = this.#send(subject);
    this.#add({ at, what: 'sent', to: node });
    const outcome = wordsOf(await answered);
    this.#add({ at, what: 'acknowledged', from: node }, outcome);
  }

  /** What was seen here since then. */
  followed(): readonly SeenHop[] {
    return this.#seen;
  }

  /** Whether a push that is none of the load is the message; then it was seen. `node`: index of the one that the socket is connected to. */
  saw({ socket, node }: { readonly socket: SocketName; readonly node: number }, delivery: unknown): boolean {
    if (typeof delivery !== 'object' || delivery === null || !('text' in delivery) || delivery.text !== this.#text) return false;
    this.#add({ at: socket, what: 'delivered', from: this.#nodes[node] });
    return true;
  }

  #send(subject: Subject): Promise<Answer> {
    const { user } = subject;
    switch (subject.kind) {
      case 'message':
        return this.#people.request(user, 'message', { to: userId(subject.to), text: this.#text });
      case 'post':
        return this.#people.request(user, 'post', { room: roomId(subject.room), text: this.#text });
      case 'presence':
        return this.#people.request(user, 'presence', { user: userId(subject.to) });
    }
  }

  #add({ at, what, from, to }: ClientHop, outcome?: string): void {
    const ends = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    this.#seen.push({ atMs: this.#clock(), at, what, ...ends, ...(outcome !== undefined && { outcome }) });
  }
}

function wordsOf(answer: Answer): string {
  if (!answer.ok) return `${answer.error}: ${answer.reason}`;
  return 'status' in answer ? answer.status : 'taken';
}
