import { unavailable } from '../../error.js';
import type { Topic } from '../../routing/types.js';
import { decodeFrame } from '../frame.js';
import type { Guest, Role } from '../hub/role.js';
import type { DirectoryHost, Entry, Line, LocalNode, Telling } from '../types.js';

/** What a node does for other nodes: it takes their messages itself, and lets the chat node keep its part of the directory. */
export class Host implements Role {
  readonly #node: LocalNode;
  readonly #frameKey: number;

  constructor(node: LocalNode, frameKey: number) {
    this.#node = node;
    this.#frameKey = frameKey;
  }

  /** The chat node learns from its coordinator who is there, not from connections. */
  came(): void {}

  left(): void {}

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
