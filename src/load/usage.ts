/** What this process used from the start of the load until everything had settled. */
export interface Used {
  readonly cpuUs: number;
  readonly memoryBytes: number;
}

export class Usage {
  #before: NodeJS.CpuUsage | undefined;
  #used: Used | undefined;

  start(): void {
    this.#before = process.cpuUsage();
    this.#used = undefined;
  }

  /** The last one counts; without one, the moment of reading does. */
  settled(): void {
    if (this.#before !== undefined) this.#used = this.#now();
  }

  read(): Used {
    return this.#used ?? this.#now();
  }

  #now(): Used {
    const { user, system } = process.cpuUsage(this.#before);
    return { cpuUs: user + system, memoryBytes: process.memoryUsage.rss() };
  }
}
