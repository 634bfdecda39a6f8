/** What a strategy file may import: the types, the hash that all strategies share, the list of Redis that most of them run on, routing by a directory, and the slots of a cluster. */
export { byDirectory, meshAddress } from './byDirectory.js';
export { draw, hash, pick } from './hash.js';
export { redises } from './redises.js';
export { ownerOf, slotOf } from './slots.js';
export type { Address, Broker, BrokerId, NodeId, Options, Routing, Sender, Size, Strategy, Topic, Topology } from './types.js';
