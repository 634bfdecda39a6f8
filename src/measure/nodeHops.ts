import type { Effect, Input, Message } from '../routing/messages.js';
import type { Observer } from '../routing/observe.js';
import type { BrokerId, Kind, NodeId, Topic } from '../routing/types.js';
import type { SeenHop } from './traceSchema.js';

interface NodeHopsParts<Socket> {
  readonly node: NodeId;
  /** Of the message that is followed; traffic of other kinds is not recorded. */
  readonly kind: Kind;
  clock(): number;
  /** As in the ledger; undefined for what is no socket of a user. */
  nameOf(socket: Socket): string | undefined;
}

/** What a node does for a message, from the inputs and effects of its core: the same live and simulated. Nothing else is under way meanwhile. */
export class NodeHops<Body, Socket> {
  readonly #parts: NodeHopsParts<Socket>;
  readonly #seen: SeenHop[] = [];
  /** Who asked, by request. */
  readonly #askers = new Map<number, NodeId>();

  constructor(parts: NodeHopsParts<Socket>) {
    this.#parts = parts;
  }

  get seen(): readonly SeenHop[] {
    return this.#seen;
  }

  readonly observer: Observer<Body, Socket> = (input) => {
    const atMs = this.#parts.clock();
    return (effects) => {
      this.#take(input, effects, atMs);
      for (const effect of effects) this.#do(effect);
    };
  };

  /** A broker answered to a publish. `receivers`: null where it does not say how many. */
  accepted(broker: BrokerId, { kind, id, topics }: Message<Body>, receivers: number | null): void {
    if (kind !== this.#parts.kind) return;
    const count = receivers === null ? {} : { count: receivers };
    this.#add({ what: 'accepted', from: broker, message: id, carries: carriedBy(kind, topics), ...count });
  }

  #take(input: Input<Body, Socket>, effects: readonly Effect<Body, Socket>[], atMs: number) {
    if ('kind' in input && input.kind !== this.#parts.kind) return;
    switch (input.type) {
      case 'said':
        if (input.by === 'client') this.#add({ what: 'taken', message: input.id }, atMs);
        return;
      case 'arrived':
        return this.#arrived(input.address.broker, input.address.channel, input.message, effects, atMs);
      case 'published':
        return this.#add({ what: 'published', to: input.broker }, atMs);
      case 'refused':
        return this.#add({ what: 'refused', from: input.broker }, atMs);
      case 'asked':
        this.#askers.set(input.request, input.from);
        return this.#add({ what: 'questioned', from: input.from, count: input.topics.length }, atMs);
      case 'answered':
        return this.#add({ what: 'learned', from: input.place, count: input.entries.length }, atMs);
      case 'written':
        return this.#add({ what: 'written', count: input.sockets }, atMs);
      case 'unwritten':
        return this.#unwritten(input.sockets);
      default:
    }
  }

  #arrived(from: BrokerId, channel: string, { kind, id, topics }: Message<Body>, effects: readonly unknown[], atMs: number) {
    if (kind !== this.#parts.kind) return;
    const what = effects.length === 0 ? 'dropped' : 'received';
    this.#add({ what, from, channel, message: id, carries: carriedBy(kind, topics) }, atMs);
  }

  #do(effect: Effect<Body, Socket>) {
    if ('message' in effect && effect.message.kind !== this.#parts.kind) return;
    switch (effect.type) {
      case 'publish': {
        const { address, message } = effect;
        const carries = carriedBy(message.kind, message.topics);
        return this.#add({ what: 'published', to: address.broker, channel: address.channel, message: message.id, carries });
      }
      case 'deliver':
        return this.#written(effect.sockets);
      case 'ask':
        return this.#add({ what: 'asked', to: effect.place, count: effect.topics.length });
      case 'answer':
        return this.#replied(effect.request, effect.entries.length);
      default:
    }
  }

  #replied(request: number, count: number): void {
    const asker = this.#askers.get(request);
    if (asker !== undefined) this.#add({ what: 'replied', to: asker, count });
  }

  #written(sockets: ReadonlySet<Socket>): void {
    const names = [...sockets].flatMap((socket) => this.#parts.nameOf(socket) ?? []);
    for (const to of names) this.#add({ what: 'written', to, count: 1 });
  }

  /** What the core delivered was taken for written and was not: a transport writes by itself, or the connection is closed. */
  #unwritten(sockets: number): void {
    for (let left = sockets; left > 0; left--) {
      const last = this.#seen.findLastIndex(({ what, to }) => what === 'written' && to !== undefined);
      if (last >= 0) this.#seen.splice(last, 1);
    }
  }

  #add(hop: Omit<SeenHop, 'at' | 'atMs'>, atMs = this.#parts.clock()): void {
    this.#seen.push({ atMs, at: this.#parts.node, ...hop });
  }
}

function carriedBy(kind: Kind, topics: readonly Topic[]): NonNullable<SeenHop['carries']> {
  if (kind !== 'presence') return 'message';
  return topics.some((topic) => topic.startsWith('n:')) ? 'answer' : 'question';
}
