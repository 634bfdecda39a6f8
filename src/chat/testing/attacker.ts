import { WebSocket } from 'ws';
import { within } from '../../transports/within.js';

/** What somebody without manners sends: frames of a WebSocket, after signing in properly or not. */
export interface Attack {
  /** What the `auth` of the CONNECT packet is; null: nothing is signed in. */
  readonly auth: string | null;
  readonly origin?: string;
  readonly frames: readonly (string | Buffer)[];
}

/**
 * Speaks WebSocket below Socket.IO's client. After each attack it asks for `sync`, and goes on when that is answered or the node has closed
 * the connection: either way the node has taken everything.
 */
export class Attacker {
  readonly #url: string;
  #socket: WebSocket | undefined;
  #auth: string | null = null;
  #asked = 0;
  closed = 0;

  constructor(url: string) {
    this.#url = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  }

  async attack({ auth, origin, frames }: Attack): Promise<void> {
    if (origin !== undefined || this.#auth !== auth) this.close();
    const socket = await this.#open(auth, origin);
    if (socket === undefined) return;
    const over = this.#over(socket);
    for (const frame of frames) socket.send(frame);
    socket.send(`42${this.#asked}["sync",{}]`);
    const stalled = () =>
      new Error(`the node neither answered nor closed the connection after ${JSON.stringify({ auth, origin, frames }).slice(0, 500)}`);
    if ((await within(10_000, over, stalled)) === 'closed') this.#forget();
  }

  close(): void {
    this.#socket?.terminate();
    this.#forget();
  }

  async #open(auth: string | null, origin: string | undefined): Promise<WebSocket | undefined> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const socket = new WebSocket(this.#url, origin === undefined ? {} : { headers: { origin } });
    socket.on('error', () => {});
    const opened = await new Promise<boolean>((resolve) => {
      socket.once('open', () => resolve(true));
      socket.once('close', () => resolve(false));
    });
    if (!opened) return undefined;
    this.#socket = socket;
    this.#auth = auth;
    if (auth !== null) await this.#signIn(socket, auth);
    return socket;
  }

  /** Resolves when the node has taken the sign-in, refused it or closed the connection. */
  #signIn(socket: WebSocket, auth: string): Promise<void> {
    return new Promise((resolve) => {
      const hear = (bytes: Buffer) => {
        if (/^4[04]/.test(bytes.toString('utf8'))) finish();
      };
      const finish = () => {
        socket.off('message', hear);
        socket.off('close', finish);
        resolve();
      };
      socket.on('message', hear);
      socket.on('close', finish);
      socket.send(`40${auth}`);
    });
  }

  #over(socket: WebSocket): Promise<'answered' | 'closed'> {
    const answer = `43${++this.#asked}[`;
    return new Promise((resolve) => {
      const hear = (bytes: Buffer) => {
        if (bytes.toString('utf8').startsWith(answer)) finish('answered');
      };
      const finish = (how: 'answered' | 'closed') => {
        socket.off('message', hear);
        socket.off('close', gone);
        resolve(how);
      };
      const gone = () => finish('closed');
      socket.on('message', hear);
      socket.on('close', gone);
      if (socket.readyState === WebSocket.CLOSED) gone();
    });
  }

  #forget(): void {
    if (this.#socket !== undefined) this.closed++;
    this.#socket = undefined;
    this.#auth = null;
  }
}
