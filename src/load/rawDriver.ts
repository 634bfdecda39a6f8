import { deferred } from '../chat/pending.js';
import type { Driver } from './driver.js';
import { addressOf } from './raw/address.js';
import { RawConnection } from './raw/connection.js';
import { Turn } from './raw/turn.js';

const readBytes = 64 * 1024;

/**
 * Speaks Engine.IO 4 and Socket.IO 5 itself, over WebSocket only, as far as a chat node speaks it: text packets of the main namespace.
 * To a node and to the load it is what `socketIoDriver` is, at a fraction of the cost; `drivers.test.ts` holds both to the same.
 */
export function rawDriver(): Driver {
  const shared = { turn: new Turn(), readBuffer: Buffer.allocUnsafeSlow(readBytes) };
  return {
    async connect({ url, token, timeoutMs }, hooks) {
      const address = addressOf(url);
      const { promise, resolve, reject } = deferred<void>();
      const connection = new RawConnection(address, shared, { token, timeoutMs }, hooks, { acknowledged: resolve, refused: reject });
      await promise;
      return connection;
    },
  };
}
