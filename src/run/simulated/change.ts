import type { NodeId, Topology } from '../../routing/types.js';
import type { SimulatedTown } from './town.js';

/**
 * How nodes go over to another topology. `coordinated`: all listen by both, then all publish by the new one, and leave the old one when nothing
 * published by it is under way, as `Membership` has it. `overMs`: each by itself, at some moment within that time, knowing nothing of views.
 */
export type Manner = 'coordinated' | { readonly overMs: number; random(): number };

/** Who tells the nodes: no node and no broker. */
const coordinator = 'the coordinator';

/** One change of the topology of a town, as events in virtual time: the load goes on meanwhile. */
export class Change {
  readonly #town: SimulatedTown;
  readonly #next: Topology;
  readonly #done: () => void;
  readonly #stay: readonly NodeId[];
  readonly #join: readonly NodeId[];
  readonly #gone: readonly NodeId[];
  /** Those that have not done yet what they were told, and what then follows. */
  #waiting = new Set<NodeId>();
  #then = () => {};

  constructor(town: SimulatedTown, next: Topology, done: () => void) {
    const here = [...town.network.nodes.keys()];
    const wanted = new Set(next.nodes);
    this.#town = town;
    this.#next = next;
    this.#done = done;
    this.#stay = here.filter((node) => wanted.has(node));
    this.#gone = here.filter((node) => !wanted.has(node));
    this.#join = next.nodes.filter((node) => !town.network.nodes.has(node));
  }

  begin(manner: Manner): void {
    for (const node of this.#gone) this.#town.lose(node);
    this.#town.network.add(this.#next);
    if (manner === 'coordinated') this.#coordinate();
    else this.#scatter(manner);
  }

  /** A node that joins gets the view last: what it copies from a running one is complete then. */
  #coordinate(): void {
    const { version } = this.#next;
    const { timeline, network } = this.#town;
    this.#town.watch((node, effect) => {
      if (effect.type === 'viewReady' && effect.version === version) this.#did(node);
    });
    const view = (node: NodeId) => network.step(node, { type: 'view', topology: this.#next });
    const tell = (type: 'switch' | 'clean') => (node: NodeId) => {
      network.step(node, { type, version });
      this.#did(node);
    };
    // What one published before it switched has been taken by the brokers after the first fence, and has arrived after the second.
    const clean = () => this.#all(this.#next.nodes, tell('clean'), this.#done);
    const fence = () => timeline.afterAllUnderWay(() => timeline.afterAllUnderWay(clean));
    this.#all(this.#stay, view, () => this.#all(this.#join, view, () => this.#all(this.#next.nodes, tell('switch'), fence)));
  }

  #scatter({ overMs, random }: Exclude<Manner, 'coordinated'>): void {
    const { version } = this.#next;
    const { timeline, network } = this.#town;
    this.#waiting = new Set(this.#next.nodes);
    this.#then = this.#done;
    for (const node of this.#next.nodes) {
      timeline.at(timeline.nowMs + overMs * random(), () => {
        this.#town.believe(node, version);
        network.step(node, { type: 'view', topology: this.#next });
        network.step(node, { type: 'switch', version });
        network.step(node, { type: 'clean', version });
        this.#did(node);
      });
    }
  }

  /** Whoever is told may do it at once, so all are waited for before any is. Nobody to wait for: it follows at once. */
  #all(nodes: readonly NodeId[], tell: (node: NodeId) => void, then: () => void): void {
    this.#waiting = new Set(nodes);
    this.#then = then;
    for (const node of nodes) this.#town.timeline.send(coordinator, 'asks', node, () => tell(node));
    if (nodes.length === 0) then();
  }

  /** The last one leads on. */
  #did(node: NodeId): void {
    if (this.#waiting.delete(node) && this.#waiting.size === 0) this.#then();
  }
}
