import type { Message } from '../../routing/messages.js';
import type { Address } from '../../routing/types.js';
import { openNode } from '../node/transport.js';
import { Ear } from './ear.js';
import { settings } from './stage.js';

/** A process of its own for the tests: `echoingNode <id> <first> <url>` joins the first node and sends it back whatever it hears. */
const [id = '', first = '', url = ''] = process.argv.slice(2);

class Echo extends Ear {
  override arrived(_: Address, message: Message<Buffer>): void {
    // A failure ends the process, and the test with it.
    node.publish({ broker: first, channel: `n:${first}` }, message).catch((error: unknown) => {
      throw error;
    });
  }
}

const node = await openNode(new Echo(id), [{ id: first, url }], settings);
console.log(`listens at ${node.place.url}`);
