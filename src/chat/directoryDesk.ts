import type { Input, PlaceEffect } from '../routing/messages.js';
import type { BrokerId, NodeId, Topic } from '../routing/types.js';
import { type DirectoryHost, type Entry, isDefinite, type Line, type Telling } from '../transports/types.js';
import { Awaited } from './awaited.js';
import type { Links } from './links.js';
import type { Pending } from './pending.js';

type Request = Extract<PlaceEffect, { place: BrokerId }>;
type Reply = Exclude<PlaceEffect, Request>;
type PlaceInput = Extract<Input<never, never>, { request: number } | { place: BrokerId }>;

/** Carries what the core has for places of directories over the links, and what other nodes ask of this one to the core. It keeps nothing. */
export class DirectoryDesk implements DirectoryHost {
  readonly #links: Links;
  readonly #pending: Pending;
  readonly #step: (input: PlaceInput) => void;
  readonly #told = new Awaited<number, void>();
  readonly #asked = new Awaited<number, readonly Entry[]>();
  readonly #copied = new Awaited<number, readonly Line[]>();
  #requests = 0;

  constructor(links: Links, pending: Pending, step: (input: PlaceInput) => void) {
    this.#links = links;
    this.#pending = pending;
    this.#step = step;
  }

  told(from: BrokerId, telling: Telling): Promise<void> {
    return this.#serve(this.#told, (request) => ({ type: 'told', from, telling, request }));
  }

  asked(from: NodeId, topics: readonly Topic[], watch: boolean): Promise<readonly Entry[]> {
    return this.#serve(this.#asked, (request) => ({ type: 'asked', from, topics, watch, request }));
  }

  copied(from: NodeId): Promise<readonly Line[]> {
    return this.#serve(this.#copied, (request) => ({ type: 'copied', from, request }));
  }

  perform(effect: PlaceEffect) {
    switch (effect.type) {
      case 'tell':
        return this.#tell(effect);
      case 'ask':
        return this.#ask(effect);
      case 'copy':
        return this.#copy(effect);
      default:
        return this.#reply(effect);
    }
  }

  #tell(request: Extract<Request, { type: 'tell' }>): void {
    const { place, telling, attempt } = request;
    this.#put(request, this.#links.tell(place, telling), () => ({ type: 'confirmed', place, attempt }));
  }

  #ask(request: Extract<Request, { type: 'ask' }>): void {
    const { place, topics, watch, attempt } = request;
    this.#put(request, this.#links.ask(place, topics, watch), (entries) => ({ type: 'answered', place, attempt, entries }));
  }

  #copy(request: Extract<Request, { type: 'copy' }>): void {
    const { place, attempt } = request;
    this.#put(request, this.#links.copy(place), (lines) => ({ type: 'copyTaken', place, attempt, lines }));
  }

  #put<T>(request: Request, call: Promise<T>, inputOf: (answer: T) => PlaceInput): void {
    this.#pending.track(call).then(
      (answer) => this.#step(inputOf(answer)),
      (error: unknown) => this.#step(unanswered(request, error)),
    );
  }

  #serve<T>(waiting: Awaited<number, T>, inputOf: (request: number) => PlaceInput): Promise<T> {
    const request = ++this.#requests;
    const answer = waiting.of(request);
    this.#step(inputOf(request));
    return answer;
  }

  #reply(reply: Reply) {
    switch (reply.type) {
      case 'confirm':
        return this.#told.settle(reply.request, undefined);
      case 'answer':
        return this.#asked.settle(reply.request, reply.entries);
      case 'handOver':
        return this.#copied.settle(reply.request, reply.lines);
    }
  }
}

function unanswered(request: Request, error: unknown): PlaceInput {
  const { place, attempt } = request;
  const notice = request.type === 'tell' && request.telling.notice === true;
  return { type: 'unanswered', place, attempt, definite: isDefinite(error), notice };
}
