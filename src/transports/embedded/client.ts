import type { Socket } from 'node:net';
import type { Command } from './commands/command.js';
import type { Limits } from './limits.js';
import { Output } from './output.js';
import type { Subscriber } from './pubSub.js';
import type { Protocol } from './reply.js';
import type { Statistics } from './statistics.js';

/** Commands waiting for EXEC. */
export interface Transaction {
  readonly queue: QueuedCommand[];
  bytes: number;
  /** A command was refused while queueing: EXEC will refuse them all. */
  spoiled: boolean;
}

export interface QueuedCommand {
  readonly command: Command;
  readonly words: readonly string[];
}

/** One connection as the commands see it. */
export class Client implements Subscriber {
  readonly id: number;
  readonly address: string;
  readonly localAddress: string;
  readonly since = performance.now();
  readonly channels = new Set<string>();
  readonly patterns = new Set<string>();
  name = '';
  libraryName = '';
  libraryVersion = '';
  protocol: Protocol = 2;
  database = 0;
  transaction: Transaction | null = null;
  lastCommand = 'NULL';
  lastActive = this.since;
  /** Set by a command after whose reply the connection ends. */
  leaving = false;
  readonly output: Output;

  constructor(id: number, socket: Socket, statistics: Statistics, limits: Limits) {
    this.id = id;
    this.address = `${socket.remoteAddress}:${socket.remotePort}`;
    this.localAddress = `${socket.localAddress}:${socket.localPort}`;
    this.output = new Output(socket, statistics, () => (this.subscriptionCount > 0 ? limits.subscriberOutput : limits.clientOutput));
  }

  get subscriptionCount(): number {
    return this.channels.size + this.patterns.size;
  }

  write(bytes: string): void {
    this.output.write(bytes);
  }
}
