import type { Reply } from '../chat/protocol.js';
import { roomId, userId } from '../plan/placement.js';
import type { Saying } from '../plan/types.js';
import type { Clock } from './clock.js';
import { Numbers } from './numbers.js';
import type { People } from './people.js';
import type { Recorder } from './recorder.js';
import { type Said, writeText } from './text.js';
import { Unanswered } from './unanswered.js';

/** Says the messages of a load: numbers each, sends it, and has what became of it recorded. This is what a message costs a worker. */
export class Speaker {
  readonly #people: People;
  readonly #recorder: Recorder;
  readonly #bytes: number;
  readonly #clock: Clock;
  readonly #numbers: Numbers;
  readonly #unanswered = new Unanswered();

  constructor(people: People, recorder: Recorder, bytes: number, clock: Clock, numbers = new Numbers()) {
    this.#people = people;
    this.#recorder = recorder;
    this.#bytes = bytes;
    this.#clock = clock;
    this.#numbers = numbers;
  }

  /** `answered`: when the outcome is known, whatever it is. */
  say(action: Saying, intendedMs: number, answered?: () => void): void {
    const said =
      action.do === 'message' ? this.#next(action.user, 'u', action.to, intendedMs) : this.#next(action.user, 'r', action.room, intendedMs);
    const text = writeText(said, this.#bytes);
    const done = (reply: Reply<object>) => {
      this.#recorder.answered(said, reply);
      answered?.();
      this.#unanswered.end();
    };
    this.#recorder.sending(said);
    this.#unanswered.begin();
    if (action.do === 'message') this.#people.send(action.user, 'message', { to: userId(action.to), text }, done);
    else this.#people.send(action.user, 'post', { room: roomId(action.room), text }, done);
  }

  /** Resolves when everything that was said is answered or given up. */
  idle(): Promise<void> {
    return this.#unanswered.none();
  }

  #next(from: number, form: Said['form'], to: number, intendedMs: number): Said {
    return { from, form, to, sequence: this.#numbers.next(from, form, to), intendedMs, sentMs: this.#clock() };
  }
}
