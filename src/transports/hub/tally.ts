/** What a hub or the listener of a node counted since it started: messages first, then the rest. */
export class Tally {
  /** Messages that nodes put here. */
  published = 0;
  /** Messages handed to nodes, once for each that got one. */
  handed = 0;
  tells = 0;
  questions = 0;
  answers = 0;
  notices = 0;
  copies = 0;
  subscribes = 0;
  unsubscribes = 0;
  /** Nodes that are connected now. */
  connections = 0;
  connectionsTaken = 0;
  /** Connections that were cut because the other side did not read, or did not confirm a notice. */
  cutReaders = 0;
  /** Streams, greetings and requests that were none of ours. Each but a refused message ended its connection. */
  junk = 0;
  bytesIn = 0;
  bytesOut = 0;
}
