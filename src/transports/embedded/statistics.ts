/** What INFO commandstats says of one command. */
export interface CommandTally {
  calls: number;
  microseconds: number;
  rejected: number;
  failed: number;
}

/** The broker's own counters since it started; the fields carry the names INFO gives them. */
export class Statistics {
  connectionsReceived = 0;
  commandsProcessed = 0;
  inputBytes = 0;
  outputBytes = 0;
  errorReplies = 0;
  outputLimitDisconnections = 0;
  readonly #commands = new Map<string, CommandTally>();

  command(name: string): CommandTally {
    let tally = this.#commands.get(name);
    if (tally === undefined) {
      tally = { calls: 0, microseconds: 0, rejected: 0, failed: 0 };
      this.#commands.set(name, tally);
    }
    return tally;
  }

  /** Only commands that were called or rejected; a first call still under way is neither. */
  commands(): Iterable<readonly [name: string, tally: CommandTally]> {
    return [...this.#commands].filter(([, { calls, rejected }]) => calls + rejected > 0);
  }
}
