import { Hub } from '../hub/hub.js';
import { placeUrl } from '../hub/place.js';
import { type ServerLimits, serverLimits } from '../hub/settings.js';
import { openHub } from '../hub/transport.js';
import type { BrokerPlace, Transport, TransportSettings } from '../types.js';
import type { Ear } from './ear.js';
import { settings } from './stage.js';

const secret = 'a-secret-of-the-tests';

/** A hub in the process of the test, so that its limits can be small, and the nodes that a test opens at it. */
export class TestHub {
  readonly port: number;
  readonly #close: () => Promise<void>;
  readonly #nodes: Transport[] = [];

  static async start(changed: Partial<ServerLimits> = {}): Promise<TestHub> {
    const { port, close } = await Hub.start(0, secret, { ...serverLimits, ...changed });
    return new TestHub(port, close);
  }

  private constructor(port: number, close: () => Promise<void>) {
    this.port = port;
    this.#close = close;
  }

  place(port = this.port): BrokerPlace {
    return { id: 'hub', url: placeUrl('hub', port, secret) };
  }

  async node(ear: Ear, port = this.port, changed: Partial<TransportSettings> = {}): Promise<Transport> {
    const node = await openHub(ear, [this.place(port)], { ...settings, ...changed });
    this.#nodes.push(node);
    return node;
  }

  async close(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.close()));
    await this.#close();
  }
}
