import type { Message } from '../routing/messages.js';
import type { NodeId } from '../routing/types.js';
import type { Inbox } from './inbox.js';
import type { Outcome } from './outcomes.js';
import { encodeBody, parseAnswer, parseQuestion } from './presenceBodies.js';
import type { Status } from './protocol.js';
import type { Soon } from './soon.js';
import type { Saying } from './switchboard.js';

/** Longest wait for answers. Silence is `unknown`, never `offline`. */
const answersWithinMs = 1000;

interface Asked {
  /** Nodes that said no. */
  readonly no: Set<NodeId>;
  /** Copies of the question that came back to this node, whose answer is among the others already. */
  echoes: number;
  /** How many must say no, or which; undefined until the brokers have said who got the question. */
  expected: number | readonly NodeId[] | undefined;
  resolve(status: Status): void;
}

/** What presence needs of its node. */
export interface Speaker {
  readonly node: NodeId;
  readonly inbox: Inbox;
  nextId(): string;
  say(id: string, saying: Saying): Soon<Outcome>;
  /** The nodes of the present view. */
  nodes(): readonly NodeId[];
  /** Where the transport asks the other nodes by itself: no question is put then. Rejects when it could not find out. */
  readonly online?: ((user: string) => Promise<boolean>) | undefined;
}

/**
 * Who is online. A question goes where a message for the user would go; each node that gets it answers yes or no to `n:<asker>`.
 * One yes is `online`; `offline` needs a no of every receiver, or of every node in the view where brokers do not say how many received.
 */
export class Presence {
  readonly #speaker: Speaker;
  readonly #asked = new Map<string, Asked>();

  constructor(speaker: Speaker) {
    this.#speaker = speaker;
  }

  /** Never rejects. */
  ask(user: string, draws: string, by: Saying['by']): Promise<Status> {
    const { online, inbox } = this.#speaker;
    return online === undefined ? inbox.during(() => this.#ask(user, draws, by)) : statusOf(online(user));
  }

  async #ask(user: string, draws: string, by: Saying['by']): Promise<Status> {
    const id = this.#speaker.nextId();
    const answered = this.#await(id);
    const body = encodeBody({ asker: this.#speaker.node, draws });
    const outcome = await this.#speaker.say(id, { by, kind: 'presence', topics: [`u:${user}`], body, draws });
    this.#expect(id, outcome);
    return answered;
  }

  /** A question reached this node. An answer that gets lost shows at the asker, as `unknown`. */
  question(message: Message<Buffer>, online: boolean): void {
    const question = parseQuestion(message.body.toString('utf8'));
    if (question === undefined) return;
    const { node } = this.#speaker;
    const body = encodeBody({ question: message.id, node, online });
    void this.#speaker.say(this.#speaker.nextId(), {
      by: 'node',
      kind: 'presence',
      topics: [`n:${question.asker}`],
      body,
      draws: `${question.draws}:${node}`,
    });
  }

  /** A broker handed a question back to this node, which had asked itself already: one of the receivers that the broker counted. */
  echoed({ id }: Message<Buffer>): void {
    const asked = this.#asked.get(id);
    if (asked === undefined) return;
    asked.echoes++;
    resolveIfAllSaidNo(asked);
  }

  /** An answer reached this node; a late one finds nobody waiting. */
  answer(text: string): void {
    const answer = parseAnswer(text);
    const asked = answer && this.#asked.get(answer.question);
    if (answer === undefined || asked === undefined) return;
    if (answer.online) {
      asked.resolve('online');
    } else {
      asked.no.add(answer.node);
      resolveIfAllSaidNo(asked);
    }
  }

  #await(id: string): Promise<Status> {
    return new Promise((resolve) => {
      const finish = (status: Status) => {
        clearTimeout(timer);
        this.#asked.delete(id);
        resolve(status);
      };
      const timer = setTimeout(finish, answersWithinMs, 'unknown');
      this.#asked.set(id, { no: new Set(), echoes: 0, expected: undefined, resolve: finish });
    });
  }

  #expect(id: string, outcome: Outcome): void {
    const asked = this.#asked.get(id);
    if (asked === undefined) return;
    if (outcome.status === 'rejected') asked.resolve('unknown');
    if (outcome.status !== 'taken') return;
    asked.expected = outcome.receivers ?? this.#speaker.nodes();
    resolveIfAllSaidNo(asked);
  }
}

function resolveIfAllSaidNo({ no, echoes, expected, resolve }: Asked): void {
  if (expected === undefined) return;
  const all = typeof expected === 'number' ? no.size + echoes >= expected : expected.every((node) => no.has(node));
  if (all) resolve('offline');
}

async function statusOf(online: Promise<boolean>): Promise<Status> {
  try {
    return (await online) ? 'online' : 'offline';
  } catch {
    return 'unknown';
  }
}
