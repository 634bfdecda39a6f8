import { unavailable } from '../../error.js';
import type { Topic } from '../../routing/types.js';
import { decodeFrame } from '../frame.js';
import type { Guest, Role } from '../hub/role.js';
import type { Spokes } from '../hub/spokes.js';
import type { DirectoryHost, Entry, Line, LocalNode, Telling } from '../types.js';

/** What a node does for other nodes: it takes their messages itself, and lets the chat node keep its part of the directory. */
export class Host implements Role {
  readonly #node: LocalNode;
  readonly #frameKey: number;
  readonly #spokes: Spokes;

  constructor(node: LocalNode, frameKey: number, spokes: Spokes) {
    this.#node = node;
    this.#frameKey = frameKey;
    this.#spokes = spokes;
  }

  /** The chat node learns from its coordinator who is there, not from connections. */
  came(): void {}

  /** Who cannot reach this node cannot correct what it answered: that has to be asked again, as after a break of this node's own link. */
  left({ node }: Guest): void {
    this.#spokes.links.get(node)?.doubt('its connection to this node broke');
  }

  published(channel: string, body: Buffer): number | undefined {
    const message = decodeFrame(body, this.#frameKey);
    if (message === undefined) {
      this.#node.junk(this.#node.id);
      return undefined;
    }
    this.#node.arrived({ broker: this.#node.id, channel }, message);
    return 1;
  }

  async told({ node }: Guest, telling: Telling): Promise<void> {
    const earlier = this.#spokes.links.get(node)?.answered(telling.topic);
    if (earlier !== undefined) await earlier;
    await this.#directory().told(node, telling);
  }

  async asked({ node }: Guest, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]> {
    return this.#directory().asked(node, topics, watch);
  }

  async copied({ node }: Guest): Promise<readonly Line[]> {
    return this.#directory().copied(node);
  }

  /** Time and memory are those of the whole node, which says them itself. */
  figures(): Readonly<Record<string, number>> {
    return {};
  }

  #directory(): DirectoryHost {
    const { directory } = this.#node;
    if (directory === undefined) throw unavailable(`[${this.#node.id}] keeps no directory; does the strategy have one?`);
    return directory;
  }
}
