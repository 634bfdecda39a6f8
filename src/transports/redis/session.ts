import type { Socket } from 'node:net';
import { wordsOf } from '../../error.js';
import type { PublishingSession } from '../outbox.js';
import { plainTurns, type Turns } from '../turns.js';
import { type Commands, isDefinite, PublishError } from '../types.js';
import { Batches } from './batches.js';
import type { PubSub } from './pubSub.js';
import { Asked, Questions } from './questions.js';
import { ProtocolError, Refusal, type Reply, ReplyReader } from './replyReader.js';
import { RequestWriter } from './requestWriter.js';

export interface SessionParts {
  readonly pubSub: PubSub;
  /** A connection on which answers are due and nothing comes for so long is over. */
  readonly silenceTimeoutMs: number;
  message(channel: Buffer, bytes: Buffer): void;
  /** Absent: they follow each other at once. */
  readonly turns?: Turns | undefined;
  /** Messages for one channel in one turn of the event loop share a command, and those are counted here. Absent: each has one of its own. */
  readonly commands?: CommandCounts | undefined;
}

export type CommandCounts = { -readonly [Figure in keyof Commands]: Commands[Figure] };

/** One connection to a Redis. What it is asked in one turn of the event loop leaves in one write, and is answered in that order. */
export class RedisSession implements PublishingSession<number> {
  readonly over: Promise<string>;
  readonly #socket: Socket;
  readonly #parts: SessionParts;
  readonly #writer: RequestWriter;
  readonly #questions = new Questions();
  readonly #turns: Turns;
  readonly #publishOpening: string;
  readonly #batches: Batches | undefined;
  readonly #flush = () => this.#handOver();
  #gathering = false;
  #silence: NodeJS.Timeout | undefined;
  /** Whether anything came since the timer was set. */
  #heard = false;

  /** The socket is connected, and nothing has been read from it. */
  constructor(socket: Socket, parts: SessionParts) {
    const { publish } = parts.pubSub;
    this.#socket = socket;
    this.#parts = parts;
    this.#turns = parts.turns ?? plainTurns;
    this.#writer = new RequestWriter(socket);
    this.#publishOpening = `*3\r\n$${publish.length}\r\n${publish}\r\n`;
    this.#batches = parts.commands && this.#batchesCountedIn(parts.commands);
    const reader = new ReplyReader({
      reply: (reply) => this.#answered(reply),
      message: (channel, bytes) => parts.message(channel, bytes),
    });
    this.over = new Promise((resolve) => {
      let words = 'connection closed';
      socket.on('error', (error) => {
        words = wordsOf(error);
      });
      socket.on('data', (bytes) => this.#read(reader, bytes));
      socket.on('end', () => socket.destroy());
      socket.on('close', () => {
        resolve(words);
        this.#ended(words);
      });
    });
  }

  /** The number of receivers. Rejects with a PublishError `rejected` where Redis refused it. */
  publish(channel: string, frame: Buffer): Promise<number> {
    this.#wake();
    if (this.#batches !== undefined) return this.#batches.add(channel, frame);
    const asked = this.#askedPublish();
    this.#putPublish(channel, frame, asked);
    return asked.answer;
  }

  /** Any other command; answered after all that was asked before. */
  call(...words: readonly (string | number)[]): Promise<Reply> {
    return this.#command(words.map(String), isAny);
  }

  /** From then on what is published is heard. */
  async subscribe(channel: string): Promise<void> {
    await this.#change(this.#parts.pubSub.subscribe, channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    await this.#change(this.#parts.pubSub.unsubscribe, channel);
  }

  /** Resolves when all that was asked before is answered, and all that was handed out before has been taken in. */
  async settle(): Promise<void> {
    await this.#command(['PING'], isPong);
  }

  async end(): Promise<void> {
    this.#socket.destroy();
    await this.over;
  }

  #change(command: string, channel: string): Promise<Reply> {
    return this.#command([command, channel], (reply): reply is readonly Reply[] => isChange(reply, command.toLowerCase(), channel));
  }

  #command<R extends Reply>(words: readonly string[], fits: (reply: Reply) => reply is R): Promise<R> {
    this.#wake();
    this.#batches?.put();
    const asked = new Asked(fits, (refused) => new Error(refused));
    this.#questions.add(asked);
    this.#writer.command(words);
    return asked.answer;
  }

  #askedPublish(): Asked<number> {
    return new Asked(isCount, (words) => new PublishError('rejected', `refused ${this.#parts.pubSub.publish}: ${words}`));
  }

  #putPublish(channel: string, frame: Buffer, asked: Asked<number>): void {
    this.#questions.add(asked);
    this.#writer.publish(this.#publishOpening, channel, frame);
  }

  #batchesCountedIn(commands: CommandCounts): Batches {
    const put = (channel: string, frame: Buffer, asked: Asked<number>) => {
      this.#putPublish(channel, frame, asked);
      commands.put++;
      asked.answer.then(
        (receivers) => {
          commands.answered += receivers;
        },
        (error: unknown) => {
          if (isDefinite(error)) commands.put--;
        },
      );
    };
    return new Batches({ ask: () => this.#askedPublish(), put });
  }

  /** Something is about to be asked. Throws where nothing can be sent. */
  #wake(): void {
    if (!this.#socket.writable) throw new Error('the connection is closed');
    this.#silence ??= this.#watch();
    if (this.#gathering) return;
    this.#gathering = true;
    this.#turns.atEnd(this.#flush);
  }

  #handOver(): void {
    this.#gathering = false;
    if (this.#socket.destroyed) return;
    this.#batches?.put();
    this.#writer.flush();
  }

  #read(reader: ReplyReader, bytes: Buffer): void {
    this.#heard = true;
    try {
      reader.push(bytes);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#socket.destroy(new Error(`it said what is no RESP: ${wordsOf(error)}`));
    }
  }

  #answered(reply: Reply): void {
    if (this.#socket.destroyed || this.#questions.answer(reply)) return;
    this.#socket.destroy(new Error(`it said what nobody had asked for: ${shown(reply)}`));
  }

  #ended(words: string): void {
    clearTimeout(this.#silence);
    this.#questions.failAll(new Error(words));
    this.#batches?.failAll(new Error(words));
  }

  /** One timer for all that waits. */
  #watch(): NodeJS.Timeout {
    this.#heard = false;
    const { silenceTimeoutMs } = this.#parts;
    return setTimeout(() => {
      this.#silence = undefined;
      if (this.#questions.open === 0) return;
      if (this.#heard) this.#silence = this.#watch();
      else this.#socket.destroy(new Error(`it did not answer within ${silenceTimeoutMs / 1000} s`));
    }, silenceTimeoutMs);
  }
}

function isAny(_reply: Reply): _reply is Reply {
  return true;
}

function isCount(reply: Reply): reply is number {
  return typeof reply === 'number';
}

/** A connection that listens answers with a list. */
function isPong(reply: Reply): reply is Reply {
  return reply === 'PONG' || (Array.isArray(reply) && String(reply[0]) === 'pong');
}

function isChange(reply: Reply, change: string, channel: string): boolean {
  return Array.isArray(reply) && String(reply[0]) === change && String(reply[1]) === channel;
}

/** The beginning of it, for an error. */
function shown(reply: Reply): string {
  const words = reply instanceof Refusal ? reply.message : JSON.stringify(Array.isArray(reply) ? reply.map(String) : String(reply));
  return words.slice(0, 100);
}
