/** What a strategy file may import: the types, the hash that all strategies share, the list of Redis that most of them run on, and routing by a directory. */
export { byDirectory, meshAddress } from './byDirectory.js';
export { draw, hash, pick } from './hash.js';
export { redises } from './redises.js';
export type { Address, Broker, BrokerId, NodeId, Options, Routing, Sender, Size, Strategy, Topic, Topology } from './types.js';
