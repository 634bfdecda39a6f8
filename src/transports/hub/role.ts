import type { NodeId, Topic } from '../../routing/types.js';
import type { Entry, Line, Telling } from '../types.js';

/** A node that was let in, as long as its connection lasts. A node may be there several times. */
export interface Guest {
  readonly node: NodeId;
  /** Tells apart the connections of one node. */
  readonly visit: number;
  /** Hands it a message that was encoded for its subscribers. */
  hand(frame: Buffer): void;
  /** Tells it of a change of what it asked for. Resolves when it has confirmed or is gone; never rejects. */
  notify(telling: Telling): Promise<void>;
}

/** What a server does for the nodes that it let in: the hub passes on, a node keeps. A promise rejects where it refuses. */
export interface Role {
  came(guest: Guest): void;
  left(guest: Guest): void;
  /** Takes a message in; returns how many it was handed to, or undefined when it is junk. */
  published(channel: string, body: Buffer): number | undefined;
  /** Where nodes listen; absent where none but this process does. */
  readonly channels?: { subscribe(guest: Guest, channel: string): void; unsubscribe(guest: Guest, channel: string): void };
  /** Resolves when everybody who must know of it knows. */
  told(guest: Guest, telling: Telling): Promise<void>;
  asked(guest: Guest, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]>;
  copied(guest: Guest): Promise<readonly Line[]>;
  /** Figures of its own: channels subscribed, topics in the directory, processor time and memory. */
  figures(): Readonly<Record<string, number>>;
}
