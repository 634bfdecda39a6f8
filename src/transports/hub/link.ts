import { setImmediate } from 'node:timers/promises';
import { unavailable, wordsOf } from '../../error.js';
import type { Topic } from '../../routing/types.js';
import { decodeFrame } from '../frame.js';
import { retryDelayMs } from '../times.js';
import { type BrokerPlace, type Entry, type Line, type LocalNode, PublishError, type Telling, type TransportSettings } from '../types.js';
import { dial } from './dial.js';
import { decodeAddressed, encodeAddressed, encodeFrameOf, type Frame, frameTypes, Junk } from './frames.js';
import { Queue } from './queue.js';
import type { LinkTimes } from './settings.js';
import { type Closed, Refused, type Wire, type WireEnd } from './wire.js';
import { questionWords, readEntries, readLines, readTelling, tellingWords } from './words.js';

/**
 * One node and one hub, or one other node: one connection for all, so that everything keeps its order and leaves in one write.
 * It comes back by itself after it breaks, empty: nothing is ever sent twice.
 */
export class Link implements WireEnd {
  readonly place: BrokerPlace;
  readonly #node: LocalNode;
  readonly #frameKey: number;
  readonly #times: LinkTimes;
  readonly #queue: Queue;
  readonly #leaving = new AbortController();
  /** For each topic asked about to be watched: until the answer has been passed on. */
  readonly #watching = new Map<Topic, Promise<unknown>>();
  #wire: Wire | undefined;
  #words = 'not connected yet';
  #attempt = 0;
  #retry: NodeJS.Timeout | undefined;
  #dialing: Promise<unknown> = Promise.resolve();

  constructor(node: LocalNode, place: BrokerPlace, settings: TransportSettings, times: LinkTimes) {
    this.place = place;
    this.#node = node;
    this.#frameKey = settings.frameKey;
    this.#times = times;
    this.#queue = new Queue(place.id, settings);
  }

  get up(): boolean {
    return this.#wire?.open === true;
  }

  /** Rejects when the first attempt fails; from then on it tries again for ever. */
  async open(): Promise<void> {
    const opening = this.#connect();
    this.#dialing = Promise.allSettled([opening]);
    await opening;
  }

  /** The number of receivers, in the words of the other side. Rejects with a PublishError. */
  async publish(channel: string, frame: Buffer): Promise<number> {
    const wire = this.#wire;
    if (wire?.open !== true) throw new PublishError('rejected', `${this.#absent()}; it is tried again until it is back`);
    const full = this.#queue.enter(frame.length);
    if (full !== undefined) throw new PublishError('rejected', full);
    try {
      const answer = await wire.request((number) => encodeAddressed(frameTypes.publish, number, channel, frame));
      return answer.readUInt32LE(0);
    } catch (error) {
      throw this.#publishFailure(error);
    } finally {
      this.#queue.leave(frame.length);
    }
  }

  async subscribe(channel: string): Promise<void> {
    await this.#ask('SUBSCRIBE', frameTypes.subscribe, Buffer.from(channel));
  }

  /** Where the connection is gone there is nothing to leave. */
  async unsubscribe(channel: string): Promise<void> {
    if (this.#wire !== undefined) await this.#unlessGone(this.#wire, frameTypes.unsubscribe, Buffer.from(channel));
  }

  async tell(telling: Telling): Promise<void> {
    await this.#ask('a tell', frameTypes.tell, tellingWords(telling));
  }

  async ask(topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]> {
    const payload = questionWords(topics, watch);
    const full = this.#queue.enter(payload.length);
    if (full !== undefined) throw new PublishError('rejected', full);
    const asked = this.#ask('a question', frameTypes.ask, payload);
    if (watch) this.#watch(topics, asked);
    try {
      return this.#understood(readEntries(await asked));
    } finally {
      this.#queue.leave(payload.length);
    }
  }

  /**
   * What is told of a topic corrects the answer given before, also when it comes faster than that: over another connection, or because
   * whoever asked resumes a moment later. It is passed on after this. Undefined: no answer is on its way.
   */
  answered(topic: Topic): Promise<unknown> | undefined {
    return this.#watching.get(topic);
  }

  /** Nothing that was heard is sure to be all: the connection is given up and made anew. */
  doubt(words: string): void {
    this.#wire?.cut({ why: 'gone', words });
  }

  async copy(): Promise<readonly Line[]> {
    return this.#understood(readLines(await this.#ask('a request for its directory', frameTypes.copy)));
  }

  /** The other side answers in order: after the answer to a ping no publish from before is open, and all that it had handed out has been taken in. */
  async settle(): Promise<void> {
    if (this.#wire !== undefined) await this.#unlessGone(this.#wire, frameTypes.ping);
  }

  /** Resolves when no socket and no timer is left. */
  async close(): Promise<void> {
    this.#leaving.abort();
    clearTimeout(this.#retry);
    const wire = this.#wire;
    this.#wire = undefined;
    this.#words = 'closed by this node';
    await Promise.all([wire?.close(), this.#dialing]);
  }

  took(frame: Frame, wire: Wire): void {
    if (frame.type === frameTypes.message) this.#arrived(frame.payload);
    else if (frame.type === frameTypes.tell) this.#told(frame, wire);
    else if (frame.type === frameTypes.ping) wire.answer(frame);
    else throw new Junk(`a frame of type ${frame.type}`);
  }

  closed({ words }: Closed): void {
    if (this.#leaving.signal.aborted) return;
    this.#wire = undefined;
    this.#words = words;
    this.#comeBackLater();
    this.#node.lost(this.place.id);
  }

  async #connect(): Promise<void> {
    const wire = await dial(this.place, this.#node.id, this.#times, this, this.#leaving.signal);
    if (!this.#leaving.signal.aborted) this.#wire = wire;
    else await wire.close();
  }

  #comeBackLater(): void {
    this.#retry = setTimeout(
      () => {
        this.#dialing = this.#comeBack();
      },
      retryDelayMs(this.#attempt++, this.#times),
    );
  }

  /** Never rejects: a failed attempt is followed by the next one. */
  async #comeBack(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#words = wordsOf(error);
      if (!this.#leaving.signal.aborted) this.#comeBackLater();
      return;
    }
    this.#attempt = 0;
    if (this.#wire !== undefined) this.#node.reconnected(this.place.id);
  }

  #arrived(payload: Buffer): void {
    const addressed = decodeAddressed(payload);
    if (addressed === undefined) throw new Junk('a message that cannot be read');
    const message = decodeFrame(addressed.body, this.#frameKey);
    if (message === undefined) this.#node.junk(this.place.id);
    else this.#node.arrived({ broker: this.place.id, channel: addressed.channel }, message);
  }

  #told(frame: Frame, wire: Wire): void {
    const telling = readTelling(frame.payload);
    if (telling === undefined) throw new Junk('a notice that cannot be read');
    this.#pass(telling)
      .then(() => wire.answer(frame))
      .catch((error: unknown) => wire.refuse(frame, wordsOf(error)));
  }

  /** A node without a directory keeps no answers, so it has nothing to correct. */
  async #pass(telling: Telling): Promise<void> {
    const earlier = this.answered(telling.topic);
    if (earlier !== undefined) await earlier;
    await this.#node.directory?.told(this.place.id, telling);
  }

  #watch(topics: readonly Topic[], asked: Promise<unknown>): void {
    const passedOn = Promise.allSettled([asked]).then(() => setImmediate());
    for (const topic of topics) this.#watching.set(topic, passedOn);
    const forget = () => {
      for (const topic of topics) if (this.#watching.get(topic) === passedOn) this.#watching.delete(topic);
    };
    // It cannot reject: it waits for a settled promise and a turn of the event loop.
    void passedOn.then(forget);
  }

  async #ask(what: string, type: number, payload?: Buffer): Promise<Buffer> {
    const { id } = this.place;
    if (this.#wire === undefined) throw new PublishError('rejected', `${this.#absent()}; send ${what} again when it is back`);
    try {
      return await this.#wire.request((number) => encodeFrameOf(type, number, payload));
    } catch (error) {
      if (error instanceof Refused) throw unavailable(`[${id}] refused ${what}: ${error.message}`);
      throw unavailable(`[${id}] the connection broke before it answered ${what} (${wordsOf(error)}); try again when it is back`);
    }
  }

  async #unlessGone(wire: Wire, type: number, payload?: Buffer): Promise<void> {
    try {
      await wire.request((number) => encodeFrameOf(type, number, payload));
    } catch (error) {
      if (error instanceof Refused) throw unavailable(`[${this.place.id}] refused: ${error.message}`);
    }
  }

  /** An answer that cannot be read leaves nothing to go on: the connection is given up. */
  #understood<T>(answer: T | undefined): T {
    if (answer !== undefined) return answer;
    this.#wire?.cut({ why: 'junk', words: 'an answer that cannot be read' });
    throw unavailable(`[${this.place.id}] gave an answer that cannot be read; is it of this version?`);
  }

  #absent(): string {
    return `[${this.place.id}] is not connected (${this.#words})`;
  }

  #publishFailure(error: unknown): PublishError {
    const { id } = this.place;
    if (error instanceof Refused) return new PublishError('rejected', `[${id}] refused the message: ${error.message}`);
    return new PublishError('unknown', `[${id}] the connection broke before the answer to a publish came (${wordsOf(error)})`);
  }
}
