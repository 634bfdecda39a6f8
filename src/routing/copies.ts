import { draws } from './hash.js';
import { keyOf } from './listening.js';
import type { Message, Said } from './messages.js';
import type { Address, NodeId, Routing, Sender, Topic } from './types.js';

/** One publish: a message at an address. */
export interface Copy<Body> {
  readonly address: Address;
  readonly message: Message<Body>;
}

interface PublishingView {
  readonly version: number;
  readonly routing: Routing;
}

interface Publisher {
  readonly node: NodeId;
  readonly seed: number;
  /** Where a directory says that a topic is wanted. */
  known(topic: Topic): readonly Address[];
}

/** Where a message goes, by one view. Topics with equal addresses share one copy that lists them. */
export function copiesOf<Body>(said: Said<Body>, { version, routing }: PublishingView, publisher: Publisher): readonly Copy<Body>[] {
  const [topic, ...others] = said.topics;
  if (topic === undefined) return [];
  if (others.length > 0) return sharedCopies(said, { version, routing }, publisher);
  const message = messageOf(said, said.topics, version);
  return routing.publish(topic, senderOf(said, topic, publisher)).map((address) => ({ address, message }));
}

function sharedCopies<Body>(said: Said<Body>, { version, routing }: PublishingView, publisher: Publisher): readonly Copy<Body>[] {
  const groups = new Map<string, { address: Address; topics: Topic[] }>();
  for (const topic of said.topics) {
    for (const address of routing.publish(topic, senderOf(said, topic, publisher))) {
      const key = keyOf(address);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { address, topics: [topic] });
      else group.topics.push(topic);
    }
  }
  return Array.from(groups.values(), ({ address, topics }) => ({ address, message: messageOf(said, topics, version) }));
}

export function messageOf<Body>({ kind, id, body }: Said<Body>, topics: readonly Topic[], view: number): Message<Body> {
  return { kind, id, view, topics, body };
}

/** Made anew for every topic: the draws depend on the message alone, so all its recipients draw alike. */
function senderOf(said: Said<unknown>, topic: Topic, { node, seed, known }: Publisher): Sender {
  return { node, known: known(topic), random: draws(said.draws, seed) };
}
