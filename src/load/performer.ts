import type { Sightings } from '../measure/sightings.js';
import { isAsking, isComing, isSaying } from '../plan/actions.js';
import type { Action } from '../plan/types.js';
import { Asker } from './asker.js';
import type { Clock } from './clock.js';
import { Comings } from './comings.js';
import type { People } from './people.js';
import type { PresenceLog } from './presenceLog.js';
import type { Speaker } from './speaker.js';

/** Performs whatever users do over their sockets, each step when it is due, and waits for none of them. */
export class Performer {
  readonly #speaker: Speaker;
  readonly #comings: Comings;
  readonly #asker: Asker;
  #comes = false;

  constructor(people: People, speaker: Speaker, log: PresenceLog, clock: Clock) {
    this.#speaker = speaker;
    this.#comings = new Comings(people, clock);
    this.#asker = new Asker(people, log, clock);
  }

  perform(action: Action, intendedMs: number): void {
    if (isSaying(action)) this.#speaker.say(action, intendedMs);
    else if (isAsking(action)) this.#asker.perform(action, intendedMs);
    else if (isComing(action)) this.#come(action, intendedMs);
  }

  /** Resolves when everything is answered or given up. */
  async idle(): Promise<void> {
    await Promise.all([this.#speaker.idle(), this.#comings.idle(), this.#asker.idle()]);
  }

  sightings(): Pick<Sightings, 'comings'> {
    return this.#comes ? { comings: this.#comings.sightings() } : {};
  }

  #come(...coming: Parameters<Comings['perform']>): void {
    this.#comes = true;
    this.#comings.perform(...coming);
  }
}
