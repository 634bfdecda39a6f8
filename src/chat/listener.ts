import type { Kind, Topic } from '../routing/types.js';
import type { Packet } from './packet.js';

/** Whatever wants topics: a session, or the inbox of this node. */
export interface Listener {
  /** Those it wants; kept by the switchboard. */
  readonly topics: Set<Topic>;
  /** Joins the topic's Socket.IO room, or leaves it, where the transport delivers by itself. */
  follow?(topic: Topic, wanted: boolean): void;
  /** Takes the body of a message: for a session a complete Socket.IO packet, for all others any text. */
  write(body: Packet, kind: Kind): void;
}
