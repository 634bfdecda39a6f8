import { Directory, type Entry, entryKey, type Line, type Telling } from './directory.js';
import type { Address, NodeId, Topic } from './types.js';

/** A node that told something and waits for the confirmation. */
export interface Teller {
  readonly node: NodeId;
  readonly request: number;
}

/** What a place does by itself. */
export interface PlaceActs {
  nextAttempt(): number;
  notify(watcher: NodeId, telling: Telling, attempt: number): void;
  confirm(teller: Teller): void;
}

/** A change that not every watcher has confirmed yet. */
interface Change {
  readonly telling: Telling;
  /** Those that have not, with the attempt that counts. */
  readonly attempts: Map<NodeId, number>;
  tellers: Teller[];
}

/**
 * One place of a directory: the table, who watches it, and what those were not told yet. Pure: chat nodes and virtual hubs hold one each.
 * A teller is confirmed once every watcher that is not lost has confirmed the change; a lost one is told when it is back.
 */
export class Place {
  readonly #directory = new Directory();
  readonly #watchers = new Map<Topic, Set<NodeId>>();
  readonly #changes = new Map<string, Change>();
  readonly #open = new Map<number, Change>();
  readonly #lost = new Set<NodeId>();
  readonly #acts: PlaceActs;
  /** What was told before a copy came, which knows less of it; undefined once it came, or none will. */
  #toldBeforeCopy: Set<string> | undefined = new Set();

  constructor(acts: PlaceActs) {
    this.#acts = acts;
  }

  told(teller: Teller, { topic, address, on }: Telling): void {
    const entry = { topic, address };
    this.#toldBeforeCopy?.add(toldKey(teller.node, entry));
    if (this.#directory.tell(teller.node, topic, address, on)) this.#notify({ ...entry, on, notice: true });
    const change = this.#changes.get(entryKey(entry));
    if (change === undefined) {
      this.#acts.confirm(teller);
    } else {
      change.tellers.push(teller);
      this.#settle(change);
    }
  }

  ask(topic: Topic): readonly Address[] {
    return this.#directory.ask(topic);
  }

  watch(watcher: NodeId, topics: readonly Topic[]): void {
    for (const topic of topics) {
      const watchers = this.#watchers.get(topic) ?? new Set();
      this.#watchers.set(topic, watchers.add(watcher));
    }
  }

  /** A watcher knows of a change. */
  confirmed(watcher: NodeId, attempt: number): void {
    const change = this.#open.get(attempt);
    if (change === undefined) return;
    this.#forget(watcher, change);
    this.#settle(change);
  }

  lose(watcher: NodeId): void {
    this.#lost.add(watcher);
    for (const change of [...this.#changes.values()]) this.#settle(change);
  }

  /** A watcher is back: it is told what it did not confirm. */
  reconnected(watcher: NodeId): void {
    this.#lost.delete(watcher);
    for (const change of this.#changes.values()) if (change.attempts.has(watcher)) this.#tell(watcher, change);
  }

  /** A node is gone for good, with all it told and watched. */
  leave(node: NodeId): void {
    this.#lost.delete(node);
    for (const watchers of this.#watchers.values()) watchers.delete(node);
    for (const { topic, address, nodes } of [...this.#directory.lines()]) {
      if (nodes.has(node) && this.#directory.tell(node, topic, address, false)) this.#notify({ topic, address, on: false, notice: true });
    }
    for (const change of [...this.#changes.values()]) {
      this.#forget(node, change);
      this.#settle(change);
    }
  }

  /** All it knows, for a place that joins. */
  lines(): readonly Line[] {
    return Array.from(this.#directory.lines(), ({ topic, address, nodes }) => ({ topic, address, nodes: [...nodes] }));
  }

  /** Takes what another place knew, except where this one was told since. */
  takeCopy(lines: readonly Line[], nodes: ReadonlySet<NodeId>): void {
    const told = this.#toldBeforeCopy ?? new Set();
    for (const { topic, address, nodes: tellers } of lines) {
      const entry = { topic, address };
      const missed = tellers.filter((node) => nodes.has(node) && !told.has(toldKey(node, entry)));
      const changes = missed.map((node) => this.#directory.tell(node, topic, address, true));
      if (changes.includes(true)) this.#notify({ ...entry, on: true, notice: true });
    }
    this.needsNoCopy();
  }

  needsNoCopy(): void {
    this.#toldBeforeCopy = undefined;
  }

  #notify(telling: Telling): void {
    const watchers = this.#watchers.get(telling.topic);
    const key = entryKey(telling);
    const before = this.#changes.get(key);
    if (before === undefined && (watchers === undefined || watchers.size === 0)) return;
    const change: Change = { telling, attempts: new Map(), tellers: before?.tellers ?? [] };
    this.#changes.set(key, change);
    if (before !== undefined) for (const watcher of before.attempts.keys()) this.#forget(watcher, before);
    for (const watcher of watchers ?? []) this.#tell(watcher, change);
    this.#settle(change);
  }

  #tell(watcher: NodeId, change: Change): void {
    this.#forget(watcher, change);
    const attempt = this.#acts.nextAttempt();
    change.attempts.set(watcher, attempt);
    this.#open.set(attempt, change);
    if (!this.#lost.has(watcher)) this.#acts.notify(watcher, change.telling, attempt);
  }

  #forget(watcher: NodeId, { attempts }: Change): void {
    this.#open.delete(attempts.get(watcher) ?? 0);
    attempts.delete(watcher);
  }

  #settle(change: Change): void {
    const waiting = [...change.attempts.keys()];
    if (waiting.some((watcher) => !this.#lost.has(watcher))) return;
    const { tellers } = change;
    change.tellers = [];
    if (waiting.length === 0) this.#changes.delete(entryKey(change.telling));
    for (const teller of tellers) this.#acts.confirm(teller);
  }
}

function toldKey(node: NodeId, entry: Entry): string {
  return `${node} ${entryKey(entry)}`;
}
