import { type Cost, type Crowd, costOf, crowdOf, type Name, type ServerName, type Task } from './measure.js';
import { interleaved } from './statistics.js';

/** How much is measured. */
export interface Extent {
  readonly rounds: number;
  readonly windowSeconds: number;
  readonly warmUpSeconds: number;
  /** Of the costs of messages. */
  readonly users: number;
  readonly rate: number;
  readonly inFlight: number;
  /** Memory is measured at the first and the second number of users. */
  readonly crowds: readonly [few: number, many: number];
  readonly fastCrowd: number;
  readonly largeCrowd: number;
}

export type Costs = ReadonlyMap<Name, readonly Cost[]>;
export type Log = (words: string) => void;

/** Every generator once a round, in turn. */
export async function costsOf(
  names: readonly Name[],
  task: Omit<Task, 'generator'>,
  extent: Extent,
  peers: string,
  log: Log,
): Promise<Costs> {
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (const [round, order] of interleaved(names, extent.rounds).entries()) {
    for (const generator of order) {
      const cost = await costOf({ ...task, generator }, peers);
      costs.get(generator)?.push(cost);
      log(`round ${round + 1}, ${generator}: ${cost.generatorUs.toFixed(1)} µs per message at ${Math.round(cost.messagesPerSecond)}/s`);
    }
  }
  return costs;
}

const drivers = ['raw', 'socket.io-client'] as const;

/** Bytes for each user between the few and the many, round by round. */
export async function memoryPerUser({ rounds, crowds: [few, many] }: Extent, log: Log): Promise<ReadonlyMap<Name, readonly number[]>> {
  const bytes = new Map<Name, number[]>(drivers.map((name) => [name, []]));
  for (const order of interleaved(drivers, rounds)) {
    for (const driver of order) {
      const [less, more] = [await crowdOf(driver, few, 'net'), await crowdOf(driver, many, 'net')];
      const each = (more.memoryBytes - less.memoryBytes) / (many - few);
      bytes.get(driver)?.push(each);
      log(`${driver}: ${Math.round(each)} bytes for each user between ${few} and ${many}`);
    }
  }
  return bytes;
}

export async function crowdsOf(users: number, server: ServerName, rounds: number, log: Log): Promise<readonly Crowd[]> {
  const crowds: Crowd[] = [];
  for (let round = 0; round < rounds; round++) {
    const crowd = await crowdOf('raw', users, server);
    crowds.push(crowd);
    log(`raw: ${users} users connected to ${server} at ${Math.round(crowd.connectedPerSecond)} a second`);
  }
  return crowds;
}
