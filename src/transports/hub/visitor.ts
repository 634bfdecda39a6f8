import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { wordsOf } from '../../error.js';
import type { NodeId } from '../../routing/types.js';
import type { Telling } from '../types.js';
import { within } from '../within.js';
import { type Frame, frameTypes, Junk } from './frames.js';
import { perform } from './requests.js';
import type { Guest, Role } from './role.js';
import type { ServerLimits } from './settings.js';
import type { Tally } from './tally.js';
import { type Closed, Wire, type WireEnd } from './wire.js';
import { type Hello, protocolVersion, readHello, tellingWords } from './words.js';

export interface Premises {
  readonly secret: string;
  readonly role: Role;
  readonly tally: Tally;
  readonly limits: ServerLimits;
}

/** A connection as the side that accepted it sees it: a stranger until it has said a good hello, then a guest or a reader of the counters. */
export class Visitor implements Guest, WireEnd {
  readonly traffic: Tally;
  readonly visit: number;
  readonly #premises: Premises;
  readonly #wire: Wire;
  readonly #tooLate: NodeJS.Timeout;
  readonly #forget: () => void;
  #is: 'stranger' | 'reader' | 'guest' = 'stranger';
  #node: NodeId = '';

  constructor(socket: Socket, visit: number, premises: Premises, forget: () => void) {
    const { tally, limits } = premises;
    this.traffic = tally;
    this.visit = visit;
    this.#premises = premises;
    this.#forget = forget;
    const { helloBytes: frameBytes, unsentFrames, unsentBytes, noticeTimeoutMs } = limits;
    this.#wire = new Wire(socket, { frameBytes, unsentFrames, unsentBytes, silenceTimeoutMs: 2 * noticeTimeoutMs }, this);
    this.#tooLate = setTimeout(() => this.#wire.cut({ why: 'junk', words: 'said no hello in time' }), limits.helloTimeoutMs);
  }

  get node(): NodeId {
    return this.#node;
  }

  hand(frame: Buffer): void {
    this.#wire.push(frame);
  }

  async notify(telling: Telling): Promise<void> {
    const { tally, limits } = this.#premises;
    tally.notices++;
    const late = () => new Error(`it did not confirm a notice within ${limits.noticeTimeoutMs / 1000} s`);
    try {
      await within(limits.noticeTimeoutMs, this.#wire.ask(frameTypes.tell, tellingWords(telling)), late);
    } catch (error) {
      this.#wire.cut({ why: 'unread', words: wordsOf(error) });
    }
  }

  took(frame: Frame): void {
    if (this.#is === 'stranger') this.#greet(frame);
    else if (frame.type === frameTypes.counters) this.#sayCounters(frame);
    else if (frame.type === frameTypes.ping) this.#wire.answer(frame);
    else if (this.#is === 'reader') throw new Junk('a visitor may only read the counters');
    else perform({ guest: this, wire: this.#wire, frame, ...this.#premises });
  }

  closed({ why }: Closed): void {
    const { tally, role } = this.#premises;
    clearTimeout(this.#tooLate);
    if (why === 'junk') tally.junk++;
    if (why === 'unread' || why === 'silent') tally.cutReaders++;
    if (this.#is === 'guest') {
      tally.connections--;
      role.left(this);
    }
    this.#forget();
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #greet(frame: Frame): void {
    const hello = frame.type === frameTypes.hello ? readHello(frame.payload) : undefined;
    if (hello === undefined) throw new Junk('began without a hello');
    if (!isEqual(hello.secret, this.#premises.secret)) this.#sendAway(frame, 'the secret in the URL is not the one it lets in');
    else if (hello.version !== protocolVersion) this.#sendAway(frame, `it speaks version ${protocolVersion}, not ${hello.version}`);
    else this.#welcome(frame, hello);
  }

  #welcome(frame: Frame, { node }: Hello): void {
    clearTimeout(this.#tooLate);
    this.#wire.allow(this.#premises.limits.frameBytes);
    this.#wire.answer(frame);
    if (node === null) this.#is = 'reader';
    else this.#letIn(node);
  }

  #letIn(node: NodeId): void {
    const { tally, role } = this.#premises;
    this.#is = 'guest';
    this.#node = node;
    tally.connections++;
    tally.connectionsTaken++;
    role.came(this);
  }

  #sendAway(frame: Frame, words: string): void {
    this.#wire.refuse(frame, words);
    this.#wire.finish({ why: 'junk', words });
  }

  #sayCounters(frame: Frame): void {
    const figures = { ...this.#premises.tally, ...this.#premises.role.figures() };
    this.#wire.answer(frame, Buffer.from(JSON.stringify(figures)));
  }
}

function isEqual(one: string, other: string): boolean {
  const [given, wanted] = [Buffer.from(one), Buffer.from(other)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
