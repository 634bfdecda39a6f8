import { explained } from './failure.js';
import { Refusal, type Reply } from './replyReader.js';

/** Something that the server was asked; `take` is false when the reply is no answer to it. */
export interface Question {
  take(reply: Reply): boolean;
  fail(error: Error): void;
}

/** One question with its answer; `fits` tells what can be one. Being refused always can, `refused` puts it into an error. */
export class Asked<R extends Reply> implements Question {
  readonly answer: Promise<R>;
  readonly #fits: (reply: Reply) => reply is R;
  readonly #refused: (words: string) => Error;
  #resolve: (reply: R) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(fits: (reply: Reply) => reply is R, refused: (words: string) => Error) {
    this.#fits = fits;
    this.#refused = refused;
    this.answer = new Promise<R>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  take(reply: Reply): boolean {
    if (reply instanceof Refusal) this.#reject(this.#refused(explained(reply.message)));
    else if (this.#fits(reply)) this.#resolve(reply);
    else return false;
    return true;
  }

  fail(error: Error): void {
    this.#reject(error);
  }
}

/** Answered entries at the head are dropped when there are so many, and at least half of all. */
const droppedAtOnce = 1_024;

/** What was asked on one connection and is not answered yet: Redis answers in order. */
export class Questions {
  #all: Question[] = [];
  #answered = 0;

  get open(): number {
    return this.#all.length - this.#answered;
  }

  add(question: Question): void {
    this.#all.push(question);
  }

  /** False: it is no answer to what was asked first, which stays open. */
  answer(reply: Reply): boolean {
    const question = this.#all[this.#answered];
    if (question === undefined || !question.take(reply)) return false;
    this.#answered++;
    if (this.open === 0 || (this.#answered >= droppedAtOnce && this.#answered >= this.open)) this.#drop();
    return true;
  }

  failAll(error: Error): void {
    const open = this.#all.slice(this.#answered);
    this.#all = [];
    this.#answered = 0;
    for (const question of open) question.fail(error);
  }

  #drop(): void {
    this.#all = this.open === 0 ? [] : this.#all.slice(this.#answered);
    this.#answered = 0;
  }
}
