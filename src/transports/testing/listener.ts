import type { Input } from '../../routing/messages.js';
import { NodeCore } from '../../routing/nodeCore.js';
import type { BrokerId, NodeId, Routing, Topic, Topology } from '../../routing/types.js';
import type { Transport } from '../types.js';
import { Ear } from './ear.js';

/** The routing core over a transport, as the chat server runs it, of which only the listening half is used: a channel per topic on one broker. */
export class Listener extends Ear {
  readonly #core: NodeCore<Buffer, string>;
  #transport: Transport | undefined;

  constructor(id: NodeId, broker: BrokerId) {
    super(id);
    const at = (topic: Topic) => [{ broker, channel: topic }];
    const route = (_topology: Topology): Routing => ({ subscribe: at, publish: at });
    this.#core = new NodeCore({ node: id, seed: 1, route });
    this.#core.step({ type: 'view', topology: { version: 1, nodes: [id], brokers: [{ id: broker, kind: 'redis' }] } });
  }

  /** What it listens through. */
  use(transport: Transport): void {
    this.#transport = transport;
  }

  /** Noted as `ready <topic>` whenever the core holds it for heard. */
  want(topic: Topic): void {
    this.#step({ type: 'wanted', topic, socket: topic });
  }

  override lost(broker: BrokerId, only?: 'publishing'): void {
    super.lost(broker, only);
    if (only === undefined) this.#step({ type: 'lost', broker });
  }

  override reconnected(broker: BrokerId): void {
    super.reconnected(broker);
    this.#step({ type: 'reconnected', broker });
  }

  #step(input: Input<Buffer, string>): void {
    for (const effect of this.#core.step(input)) {
      if (effect.type === 'ready') this.note(`ready ${effect.topic}`);
      if (effect.type !== 'subscribe') continue;
      const { address, attempt } = effect;
      this.#transport?.subscribe(address).then(
        () => this.#step({ type: 'subscribed', address, attempt }),
        () => this.note(`unheard ${address.channel}`),
      );
    }
  }
}
