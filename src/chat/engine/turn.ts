/** Whoever gathers during a turn of the event loop what goes out at its end. */
export interface Gathering {
  flush(): void;
}

/** After all that has arrived in this turn was read, each of those that gathered something flushes once, in the order in which they began. */
class Turn {
  #gathering: Gathering[] = [];

  /** Called once a turn, with the first thing gathered. */
  join(gathering: Gathering): void {
    if (this.#gathering.push(gathering) === 1) setImmediate(() => this.#end());
  }

  #end(): void {
    const gathering = this.#gathering;
    this.#gathering = [];
    for (const one of gathering) one.flush();
  }
}

/** One for the process: the sockets of all its nodes flush together. */
export const turn = new Turn();
