import type { NodeCounters } from './counters.js';
import type { Directories } from './directories.js';
import { keyOf, Listening } from './listening.js';
import type { Effect, Sockets } from './messages.js';
import { type Tell, tellKey } from './tellings.js';
import type { Address, BrokerId, NodeId, Topic } from './types.js';
import type { View } from './view.js';
import type { Views } from './views.js';
import { type Heard, Wanted } from './wanted.js';

interface WantingParts {
  readonly node: NodeId;
  readonly counters: NodeCounters;
  readonly views: Pick<Views, 'all' | 'newest' | 'settled'>;
  readonly directories: Pick<Directories<never>, 'tell' | 'assume' | 'takeBack' | 'knows'>;
  emit(effect: Extract<Effect<never, never>, { type: 'subscribe' | 'unsubscribe' | 'ready' }>): void;
}

/**
 * The topics that sockets of this node want. Invariant: for each of them, and for nothing else, the node listens and tells directories
 * what every one of its views asks for; the topic is ready while all of that is confirmed.
 */
export class Wanting<Socket> {
  readonly #parts: WantingParts;
  readonly #wanted = new Map<Topic, Wanted<Socket>>();
  readonly #listening = new Listening();

  constructor(parts: WantingParts) {
    this.#parts = parts;
  }

  sockets(topic: Topic): Sockets<Socket> | undefined {
    return this.#wanted.get(topic);
  }

  /** Those to whom a copy goes that came by a view at an address: none, if that view hears the topic elsewhere. */
  socketsAt(topic: Topic, version: number, address: Address): Sockets<Socket> | undefined {
    const wanted = this.#wanted.get(topic);
    return wanted !== undefined && isAmong(wanted.addresses(version), address) ? wanted : undefined;
  }

  /** The wanted topics that are to be heard at an address. */
  topicsAt(address: Address): ReadonlySet<Topic> {
    return this.#listening.topicsAt(address);
  }

  /** Addresses that are listened at, by the first letter of the topics heard there. */
  subscriptions(): Record<string, number> {
    return this.#listening.count();
  }

  want(topic: Topic, socket: Socket): void {
    const known = this.#wanted.get(topic);
    if (known !== undefined) {
      known.add(socket);
    } else {
      const heard = this.#parts.views.all.map((view) => this.#listen(topic, view));
      this.#wanted.set(topic, new Wanted(socket, heard));
    }
    this.#sayIfReady(topic);
  }

  unwant(topic: Topic, socket: Socket): void {
    const wanted = this.#wanted.get(topic);
    if (wanted === undefined || !wanted.remove(socket)) return;
    this.#wanted.delete(topic);
    for (const tell of tellsOf(topic, wanted, this.#parts.views.all)) this.#takeBack(tell);
    for (const { addresses } of wanted.heard) for (const address of addresses) this.#leaveAddress(address, topic);
  }

  subscribed(address: Address, attempt: number): void {
    for (const topic of this.#listening.confirm(address, attempt)) this.#sayIfReady(topic);
    if (this.#listening.confirmed(address)) this.#parts.views.settled(keyOf(address));
  }

  /** A place of a directory, and everybody it had to tell, knows. */
  known(tell: Tell): void {
    this.#sayIfReady(tell.topic);
    this.#parts.views.settled(tellKey(tell));
  }

  lose(broker: BrokerId): void {
    this.#listening.lose(broker);
  }

  reconnect(broker: BrokerId): void {
    for (const { address, attempt } of this.#listening.unconfirmed(broker)) this.#subscribe(address, attempt);
  }

  /** Listens by a view, too. `copiers` need not be told: they copy from a place that was. */
  listenBy(view: View, copiers?: ReadonlySet<NodeId>): void {
    for (const [topic, wanted] of this.#wanted) wanted.heard = [...wanted.heard, this.#listen(topic, view, copiers)];
  }

  /** What a view asks for and is not confirmed yet. */
  *unsettledBy(view: View): Iterable<string> {
    for (const [topic, wanted] of this.#wanted) {
      const addresses = wanted.addresses(view.version);
      for (const address of addresses) if (!this.#hears(address)) yield keyOf(address);
      for (const tell of view.tells(topic, addresses)) if (!this.#parts.directories.knows(tell)) yield tellKey(tell);
    }
  }

  /** Topics for which something is not confirmed yet. */
  unready(): ReadonlySet<Topic> {
    const topics = new Set<Topic>();
    for (const [topic, wanted] of this.#wanted) if (!this.#isReady(topic, wanted)) topics.add(topic);
    return topics;
  }

  /** Gives up what only views asked for that are no longer among all; of the topics that were unready it says which are ready thereby. */
  leave(views: readonly View[], unready: ReadonlySet<Topic>): void {
    for (const [topic, wanted] of this.#wanted) {
      this.#leaveViews(topic, wanted, views);
      if (unready.has(topic)) this.#sayIfReady(topic);
    }
  }

  sayReady(): void {
    for (const topic of this.#wanted.keys()) this.#sayIfReady(topic);
  }

  #listen(topic: Topic, view: View, copiers?: ReadonlySet<NodeId>): Heard {
    const { node, directories } = this.#parts;
    const addresses = view.routing.subscribe(topic, node);
    for (const address of addresses) {
      if (address.broker === node) continue;
      const attempt = this.#listening.hold(address, topic);
      if (attempt !== undefined) this.#subscribe(address, attempt);
    }
    for (const tell of view.tells(topic, addresses)) {
      if (copiers?.has(tell.place)) directories.assume(tell);
      else directories.tell(tell);
    }
    return { version: view.version, addresses };
  }

  #leaveViews(topic: Topic, wanted: Wanted<Socket>, views: readonly View[]): void {
    const before = wanted.heard;
    const tells = tellsOf(topic, wanted, views);
    wanted.heard = before.filter(({ version }) => views.every((view) => view.version !== version));
    const told = new Set(tellsOf(topic, wanted, this.#parts.views.all).map(tellKey));
    for (const tell of tells) if (!told.has(tellKey(tell))) this.#takeBack(tell);
    const kept = new Set(wanted.heard.flatMap(({ addresses }) => addresses).map(keyOf));
    for (const { addresses } of before) for (const address of addresses) if (!kept.has(keyOf(address))) this.#leaveAddress(address, topic);
  }

  #subscribe(address: Address, attempt: number): void {
    this.#parts.counters.subscribes++;
    this.#parts.emit({ type: 'subscribe', address, attempt });
  }

  #leaveAddress(address: Address, topic: Topic): void {
    if (!this.#listening.release(address, topic)) return;
    this.#parts.counters.unsubscribes++;
    this.#parts.emit({ type: 'unsubscribe', address });
    this.#parts.views.settled(keyOf(address));
  }

  #takeBack(tell: Tell): void {
    this.#parts.directories.takeBack(tell);
    this.#parts.views.settled(tellKey(tell));
  }

  #sayIfReady(topic: Topic): void {
    const wanted = this.#wanted.get(topic);
    if (wanted !== undefined && this.#isReady(topic, wanted)) this.#parts.emit({ type: 'ready', topic });
  }

  #isReady(topic: Topic, wanted: Wanted<Socket>): boolean {
    const { views, directories } = this.#parts;
    if (views.newest === undefined) return false;
    if (!wanted.heard.every(({ addresses }) => addresses.every((address) => this.#hears(address)))) return false;
    return views.all.every((view) => view.tells(topic, wanted.addresses(view.version)).every((tell) => directories.knows(tell)));
  }

  #hears(address: Address): boolean {
    return address.broker === this.#parts.node || this.#listening.confirmed(address);
  }
}

function tellsOf(topic: Topic, wanted: Wanted<unknown>, views: readonly View[]): readonly Tell[] {
  return views.flatMap((view) => view.tells(topic, wanted.addresses(view.version)));
}

function isAmong(addresses: readonly Address[], { broker, channel }: Address): boolean {
  return addresses.some((address) => address.channel === channel && address.broker === broker);
}
