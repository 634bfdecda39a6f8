import { connect, type Socket } from 'node:net';
import type { Address } from './address.js';
import { FrameReader, type Frames } from './frameReader.js';
import { closeCodes, FrameError, opcodes } from './frames.js';
import type { FrameWriter } from './frameWriter.js';
import type { Turn, Writable } from './turn.js';
import { Upgrade } from './upgrade.js';

/** How long the other end may take to close its side, as the `ws` package has it. */
const closeWithinMs = 30_000;

/** Stands for an empty list; nothing is ever put into it. */
const none: (string | Buffer)[] = [];

/** What all connections of a driver share: a read is over before the next one, so one buffer serves all. */
export interface Shared {
  readonly turn: Turn;
  readonly readBuffer: Buffer;
}

export interface WebSocketHooks {
  text(text: string): void;
  binary(): void;
  /** Once, and nothing after it. `error`: what the network or the other end did wrong; undefined: the connection just ended. */
  closed(error: Error | undefined): void;
}

/** A client's WebSocket over a plain TCP connection: no extension, no subprotocol, one write per callback of the event loop. */
export class WebSocket implements Frames, Writable {
  readonly #socket: Socket;
  readonly #hooks: WebSocketHooks;
  readonly #turn: Turn;
  readonly #reader = new FrameReader(this);
  /** Until the server has answered it. */
  #upgrade: Upgrade | undefined;
  /** Texts, and the payloads of pongs. Mostly there is one a turn, and no list for it. */
  #unsent: string | Buffer | undefined;
  #unsentToo: (string | Buffer)[] = none;
  /** Set as soon as either end says goodbye. */
  #over = false;

  constructor(address: Address, { turn, readBuffer }: Shared, hooks: WebSocketHooks) {
    this.#hooks = hooks;
    this.#turn = turn;
    const upgrade = new Upgrade(address);
    this.#upgrade = upgrade;
    const onread = { buffer: readBuffer, callback: (bytes: number) => this.#read(readBuffer.subarray(0, bytes)) };
    this.#socket = connect({ host: address.host, port: address.port, noDelay: true, onread });
    this.#socket.on('error', (error) => this.#lost(error));
    this.#socket.once('close', () => this.#lost(new Error('socket hang up')));
    this.#socket.write(upgrade.request);
  }

  send(text: string): void {
    this.#queue(text);
  }

  flush(writer: FrameWriter): void {
    const [first, others] = [this.#unsent, this.#unsentToo];
    this.#unsent = undefined;
    this.#unsentToo = none;
    if (first === undefined || this.#socket.destroyed) return;
    layOut(writer, first);
    for (const other of others) layOut(writer, other);
    this.#write(writer);
  }

  /** Sends what waits and says goodbye; the hooks hear nothing more. */
  close(): void {
    if (!this.#over) this.#goodbye(closeCodes.none);
  }

  onText(text: string): void {
    this.#hooks.text(text);
  }

  onBinary(): void {
    this.#hooks.binary();
  }

  onPing(payload: Buffer): void {
    this.#queue(Buffer.from(payload));
  }

  onClose(code: number): void {
    this.#goodbye(code);
    this.#hooks.closed(undefined);
  }

  #queue(one: string | Buffer): void {
    if (this.#over) return;
    if (this.#unsent === undefined) {
      this.#unsent = one;
      this.#turn.add(this);
    } else if (this.#unsentToo === none) this.#unsentToo = [one];
    else this.#unsentToo.push(one);
  }

  /** What was not written at once still stands in the writer's room, which is left to it. */
  #write(writer: FrameWriter): void {
    this.#socket.write(writer.take());
    if (this.#socket.writableLength > 0) writer.keep();
  }

  #read(bytes: Buffer): boolean {
    if (this.#over) return true;
    try {
      const frames = this.#upgrade === undefined ? bytes : this.#upgraded(this.#upgrade, bytes);
      if (frames !== undefined) this.#reader.read(frames);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#goodbye(error.code);
      this.#socket.end();
      this.#hooks.closed(error);
    }
    return true;
  }

  /** The frames behind the server's answer. */
  #upgraded(upgrade: Upgrade, bytes: Buffer): Buffer | undefined {
    const answer = upgrade.read(bytes);
    if (answer instanceof Error) this.#lost(answer);
    else if (answer !== undefined) this.#upgrade = undefined;
    return answer instanceof Error ? undefined : answer;
  }

  /** The network's word counts before the upgrade only: then a connection that breaks has just ended. */
  #lost(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.destroy();
    this.#hooks.closed(this.#upgrade === undefined ? undefined : error);
  }

  /** The server closes the TCP connection, or time does. */
  #goodbye(code: number): void {
    this.#over = true;
    this.#reader.stop();
    if (this.#upgrade !== undefined) {
      this.#socket.destroy();
      return;
    }
    this.#turn.now(this);
    this.#turn.now({ flush: (writer) => this.#writeClose(writer, code) });
    const late = setTimeout(() => this.#socket.destroy(), closeWithinMs).unref();
    this.#socket.once('close', () => clearTimeout(late));
  }

  #writeClose(writer: FrameWriter, code: number): void {
    if (this.#socket.destroyed) return;
    const payload = Buffer.alloc(code === closeCodes.none ? 0 : 2);
    if (payload.length > 0) payload.writeUInt16BE(code);
    writer.bytes(opcodes.close, payload);
    this.#write(writer);
  }
}

function layOut(writer: FrameWriter, one: string | Buffer): void {
  if (typeof one === 'string') writer.text(opcodes.text, one);
  else writer.bytes(opcodes.pong, one);
}
