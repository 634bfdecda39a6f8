import type { Entry, Telling } from './directory.js';
import { keyOf } from './listening.js';
import type { Address, BrokerId, Topic } from './types.js';

/** Whoever needs to know where topics are wanted. */
export interface Asker {
  readonly known: Map<Topic, readonly Address[]>;
  /** Questions not answered yet. */
  open: number;
}

/** One question to one place. */
export interface Question<A extends Asker> {
  readonly place: BrokerId;
  readonly topics: readonly Topic[];
  /** The answer is kept, and the place tells of each change from then on. */
  readonly watch: boolean;
  readonly attempt: number;
  readonly askers: Set<A>;
  /** Told by the place while the answer was on its way: it may be older than they are. */
  readonly changes: Telling[];
}

type Kept = Map<string, Address>;

/**
 * The questions that a node has put to places of directories, and the answers it keeps. Invariant: what is kept of a place is what the
 * place knew when it answered, with every change that it told since; when the place is lost, nothing of it is kept.
 */
export class Asking<A extends Asker> {
  readonly #open = new Map<number, Question<A>>();
  readonly #kept = new Map<BrokerId, Map<Topic, Kept | Question<A>>>();
  readonly #nextAttempt: () => number;

  constructor(nextAttempt: () => number) {
    this.#nextAttempt = nextAttempt;
  }

  /** For one message only. */
  ask(asker: A, place: BrokerId, topics: readonly Topic[]): Question<A> {
    return this.#put(asker, place, topics, false);
  }

  /** Takes what is kept, and shares the questions that are under way already; returns the one to put for what is left. */
  askOnce(asker: A, place: BrokerId, topics: readonly Topic[]): Question<A> | undefined {
    const kept = this.#keptOf(place);
    const left = topics.filter((topic) => !take(asker, topic, kept.get(topic)));
    if (left.length === 0) return undefined;
    const question = this.#put(asker, place, left, true);
    for (const topic of left) kept.set(topic, question);
    return question;
  }

  /** Returns who has one answer more; undefined: nobody waits for it. */
  answered(attempt: number, entries: readonly Entry[]): Iterable<A> | undefined {
    const question = this.#close(attempt);
    if (question === undefined) return undefined;
    const answers = answersOf(question, entries);
    for (const asker of question.askers) {
      asker.open--;
      for (const [topic, answer] of answers) asker.known.set(topic, [...answer.values()]);
    }
    if (question.watch) for (const [topic, answer] of answers) this.#keptOf(question.place).set(topic, answer);
    return question.askers;
  }

  /** Returns who asked in vain. */
  failed(attempt: number): Iterable<A> {
    const question = this.#close(attempt);
    if (question === undefined) return [];
    if (question.watch) for (const topic of question.topics) this.#kept.get(question.place)?.delete(topic);
    return question.askers;
  }

  /** Nobody tells of changes any more. Returns who asked in vain. */
  lose(place: BrokerId): readonly A[] {
    const questions = [...this.#open.values()].filter((question) => question.place === place);
    const askers = questions.flatMap(({ attempt }) => [...this.failed(attempt)]);
    this.#kept.delete(place);
    return [...new Set(askers)];
  }

  changed(place: BrokerId, telling: Telling): void {
    const kept = this.#kept.get(place)?.get(telling.topic);
    if (kept instanceof Map) change(kept, telling);
    else kept?.changes.push(telling);
  }

  /** Forgets what no view asks any more. */
  keep(isAsked: (place: BrokerId, topic: Topic) => boolean): void {
    for (const [place, topics] of this.#kept) {
      for (const [topic, kept] of topics) if (kept instanceof Map && !isAsked(place, topic)) topics.delete(topic);
    }
  }

  #put(asker: A, place: BrokerId, topics: readonly Topic[], watch: boolean): Question<A> {
    const question: Question<A> = { place, topics, watch, attempt: this.#nextAttempt(), askers: new Set([asker]), changes: [] };
    this.#open.set(question.attempt, question);
    asker.open++;
    return question;
  }

  #close(attempt: number): Question<A> | undefined {
    const question = this.#open.get(attempt);
    this.#open.delete(attempt);
    return question;
  }

  #keptOf(place: BrokerId): Map<Topic, Kept | Question<A>> {
    const kept = this.#kept.get(place) ?? new Map<Topic, Kept | Question<A>>();
    this.#kept.set(place, kept);
    return kept;
  }
}

/** Returns whether the asker knows the topic now, or waits for it. */
function take<A extends Asker>(asker: A, topic: Topic, kept: Kept | Question<A> | undefined): boolean {
  if (kept === undefined) return false;
  if (kept instanceof Map) {
    asker.known.set(topic, [...kept.values()]);
  } else if (!kept.askers.has(asker)) {
    kept.askers.add(asker);
    asker.open++;
  }
  return true;
}

function answersOf({ topics, changes }: Question<Asker>, entries: readonly Entry[]): ReadonlyMap<Topic, Kept> {
  const answers = new Map(topics.map((topic): [Topic, Kept] => [topic, new Map()]));
  for (const entry of entries) change(answers.get(entry.topic), { ...entry, on: true });
  for (const telling of changes) change(answers.get(telling.topic), telling);
  return answers;
}

function change(kept: Kept | undefined, { address, on }: Telling): void {
  if (on) kept?.set(keyOf(address), address);
  else kept?.delete(keyOf(address));
}
