import { type Asker, Asking } from './asking.js';
import type { NodeCounters } from './counters.js';
import type { Line } from './directory.js';
import { DirectoryCounts } from './directoryCounts.js';
import type { AnswerOfPlace, PlaceEffect, RequestToPlace } from './messages.js';
import { Place } from './place.js';
import { type Tell, type TellAttempt, Tellings } from './tellings.js';
import type { BrokerId, NodeId, Routing, Topic } from './types.js';

/** What follows from what other places said. */
export interface DirectoriesActs<A extends Asker> {
  emit(effect: PlaceEffect): void;
  /** A place, and everybody it had to tell, knows. */
  knows(tell: Tell): void;
  answered(askers: Iterable<A>): void;
  failed(askers: Iterable<A>): void;
  copied(): void;
  /** The nodes there are: a copy may still know others. */
  nodes(): ReadonlySet<NodeId>;
}

/**
 * A node and the directories: what it tells and asks at places, what it is told and asked as one, and the counts of it.
 * Itself it tells and asks by a call, which counts nothing; such a tell is confirmed at the end of the step.
 */
export class Directories<A extends Asker> {
  readonly #node: NodeId;
  readonly #counts: DirectoryCounts;
  readonly #acts: DirectoriesActs<A>;
  readonly #tellings: Tellings;
  readonly #asking: Asking<A>;
  readonly #place: Place;
  #attempts = 0;
  /** Attempts of this node's own that this node as a place has confirmed. */
  #confirmedHere: number[] = [];
  /** Whom to copy from, until the copy is here. */
  #source: BrokerId | undefined;

  constructor(node: NodeId, counters: NodeCounters, acts: DirectoriesActs<A>) {
    const nextAttempt = () => ++this.#attempts;
    this.#node = node;
    this.#counts = new DirectoryCounts(counters);
    this.#acts = acts;
    this.#tellings = new Tellings(nextAttempt);
    this.#asking = new Asking(nextAttempt);
    this.#place = new Place({
      nextAttempt,
      notify: (place, telling, attempt) => {
        this.#counts.gaveOut();
        this.#acts.emit({ type: 'tell', place, telling, attempt });
      },
      confirm: ({ node, request }) => {
        if (node === this.#node) this.#confirmedHere.push(request);
        else this.#acts.emit({ type: 'confirm', request });
      },
    });
  }

  /** Whether a copy is still to come. */
  get copying(): boolean {
    return this.#source !== undefined;
  }

  /** Entries told to places, by the first letter of their topics. */
  entries(): Record<string, number> {
    return this.#tellings.count();
  }

  /** What is kept for whoever asks. */
  lines(): readonly Line[] {
    return this.#place.lines();
  }

  tell(tell: Tell): void {
    this.#put(this.#tellings.hold(tell));
  }

  /** The place learns it from a copy. */
  assume(tell: Tell): void {
    this.#tellings.assume(tell);
  }

  takeBack(tell: Tell): void {
    this.#put(this.#tellings.release(tell));
  }

  knows(tell: Tell): boolean {
    return this.#tellings.confirmed(tell);
  }

  /** Finds out where topics are wanted; what must be asked for is open in the asker until it is answered. */
  lookUp(asker: A, { directory, directoryCached }: Routing, topics: readonly Topic[]): void {
    for (const [place, asked] of this.#placesAsked(directory, topics)) {
      if (place === this.#node) for (const topic of asked) asker.known.set(topic, this.#place.ask(topic));
      else this.#ask(asker, place, asked, directoryCached === true);
    }
  }

  take(input: AnswerOfPlace | RequestToPlace) {
    switch (input.type) {
      case 'told':
        return this.#told(input);
      case 'asked':
        return this.#asked(input);
      case 'copied':
        return this.#handOver(input.request);
      case 'confirmed':
        return this.#confirmed(input.place, input.attempt);
      case 'answered':
        return this.#answered(input);
      case 'copyTaken':
        return this.#copyTaken(input);
      case 'unanswered':
        return this.#unanswered(input);
    }
  }

  /** What this node confirmed to itself in this step. */
  finishStep(): void {
    const confirmed = this.#confirmedHere;
    if (confirmed.length === 0) return;
    this.#confirmedHere = [];
    for (const attempt of confirmed) this.#confirmed(this.#node, attempt);
  }

  lose(place: BrokerId): void {
    this.#tellings.lose(place);
    this.#place.lose(place);
    this.#acts.failed(this.#asking.lose(place));
  }

  reconnected(place: BrokerId): void {
    for (const attempt of this.#tellings.again(place)) this.#put(attempt);
    this.#place.reconnected(place);
    if (this.#source === place) this.copyFrom(place);
  }

  /** Takes over what another place knows; undefined: nobody knows more than this one. */
  copyFrom(source: BrokerId | undefined): void {
    this.#source = source;
    if (source === undefined) {
      this.#place.needsNoCopy();
    } else {
      this.#counts.put(source);
      this.#acts.emit({ type: 'copy', place: source, attempt: ++this.#attempts });
    }
  }

  /** Nodes that are gone take with them what they told and watched. */
  forget(nodes: Iterable<NodeId>): void {
    for (const node of nodes) this.#place.leave(node);
  }

  /** Keeps only what concerns a place that is still there, and asks nothing of the others. */
  keep(isThere: (place: BrokerId) => boolean, isAsked: (place: BrokerId, topic: Topic) => boolean): void {
    this.#tellings.leave(isThere);
    this.#asking.keep(isAsked);
  }

  /** One place answers for a topic: this node if it can, else the first. */
  asksAt(directory: Routing['directory'], topic: Topic): BrokerId | undefined {
    const places = directory?.(topic) ?? [];
    return places.includes(this.#node) ? this.#node : places[0];
  }

  #placesAsked(directory: Routing['directory'], topics: readonly Topic[]): ReadonlyMap<BrokerId, readonly Topic[]> {
    const asked = new Map<BrokerId, Topic[]>();
    for (const topic of topics) {
      const place = this.asksAt(directory, topic);
      if (place === undefined) continue;
      const known = asked.get(place);
      if (known === undefined) asked.set(place, [topic]);
      else known.push(topic);
    }
    return asked;
  }

  #ask(asker: A, place: BrokerId, topics: readonly Topic[], cached: boolean): void {
    const question = cached ? this.#asking.askOnce(asker, place, topics) : this.#asking.ask(asker, place, topics);
    if (question === undefined) return;
    this.#counts.put(place);
    this.#acts.emit({ type: 'ask', place, topics: question.topics, watch: question.watch, attempt: question.attempt });
  }

  #put(tell: TellAttempt | undefined): void {
    if (tell === undefined) return;
    const { place, telling, attempt } = tell;
    if (place === this.#node) {
      this.#place.told({ node: place, request: attempt }, telling);
    } else {
      this.#counts.put(place);
      this.#acts.emit({ type: 'tell', place, telling, attempt });
    }
  }

  #told({ from, telling, request }: Extract<RequestToPlace, { type: 'told' }>): void {
    if (telling.notice) {
      this.#counts.got(from, true);
      this.#asking.changed(from, telling);
      this.#acts.emit({ type: 'confirm', request });
    } else {
      this.#counts.tookIn();
      this.#place.told({ node: from, request }, telling);
    }
  }

  #asked({ from, topics, watch, request }: Extract<RequestToPlace, { type: 'asked' }>): void {
    this.#served();
    if (watch) this.#place.watch(from, topics);
    const entries = topics.flatMap((topic) => this.#place.ask(topic).map((address) => ({ topic, address })));
    this.#acts.emit({ type: 'answer', request, entries });
  }

  #handOver(request: number): void {
    this.#served();
    this.#acts.emit({ type: 'handOver', request, lines: this.#place.lines() });
  }

  #confirmed(place: BrokerId, attempt: number): void {
    this.#place.confirmed(place, attempt);
    const tell = this.#tellings.confirm(attempt);
    if (tell !== undefined) this.#acts.knows(tell);
  }

  #answered({ place, attempt, entries }: Extract<AnswerOfPlace, { type: 'answered' }>): void {
    const askers = this.#asking.answered(attempt, entries);
    this.#counts.got(place, askers !== undefined);
    if (askers !== undefined) this.#acts.answered(askers);
  }

  #copyTaken({ place, lines }: Extract<AnswerOfPlace, { type: 'copyTaken' }>): void {
    const wanted = this.#source === place;
    this.#counts.got(place, wanted);
    if (!wanted) return;
    this.#source = undefined;
    this.#place.takeCopy(lines, this.#acts.nodes());
    this.#acts.copied();
  }

  #unanswered({ place, attempt, definite, notice }: Extract<AnswerOfPlace, { type: 'unanswered' }>): void {
    if (definite && notice) this.#counts.gaveOut(-1);
    if (definite && !notice) this.#counts.put(place, -1);
    this.#acts.failed(this.#asking.failed(attempt));
  }

  /** A question taken in and its answer given out. */
  #served(): void {
    this.#counts.tookIn();
    this.#counts.gaveOut();
  }
}
