import type { Address, BrokerId, NodeId, Routing, Topic } from './types.js';

/** Where a node is reached when nodes speak to each other. */
export function meshAddress(node: NodeId): Address {
  return { broker: node, channel: `n:${node}` };
}

/**
 * Every node has one address for all its topics, and a directory says which nodes want a topic: recipients on one node share one copy.
 * A node's own topic names its address by itself.
 */
export function byDirectory(addressOf: (node: NodeId) => Address, placesOf: (topic: Topic) => readonly BrokerId[]): Routing {
  return {
    subscribe: (_topic, node) => [addressOf(node)],
    directory: (topic) => (isOfNode(topic) ? [] : placesOf(topic)),
    publish: (topic, { known }) => (isOfNode(topic) ? [addressOf(topic.slice(2))] : known),
  };
}

function isOfNode(topic: Topic): boolean {
  return topic.startsWith('n:');
}
