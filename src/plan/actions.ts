import { usage } from '../error.js';

/** Says a message, by the user's first device: to a user, or to a room. The ledger holds each to account. */
export type Saying =
  | { readonly do: 'message'; readonly atMs: number; readonly user: number; readonly to: number }
  | { readonly do: 'post'; readonly atMs: number; readonly user: number; readonly room: number };

/** One device of a user comes or goes. Devices are numbers from 0; those that a scenario says are there from the start. */
export interface Coming {
  readonly do: 'connect' | 'disconnect';
  readonly atMs: number;
  readonly user: number;
  readonly device: number;
}

/** Asks who is online, or to be told of changes from now on; by the user's first device. */
export type Asking =
  | { readonly do: 'ask'; readonly atMs: number; readonly user: number; readonly about: number }
  | { readonly do: 'watch' | 'unwatch'; readonly atMs: number; readonly user: number; readonly others: readonly number[] };

/** The same without a socket. Which requests there are, and in which order, is the scenario's; autocannon paces them at the same rate. */
export type OverHttp =
  | { readonly do: 'http:message'; readonly atMs: number; readonly user: number; readonly to: number }
  | { readonly do: 'http:ask'; readonly atMs: number; readonly user: number; readonly about: number };

/** One intended step of a simulated user. Users and rooms are numbers from 0; `atMs` counts from the start of the load. */
export type Action = Saying | Coming | Asking | OverHttp;

/** What users may do beside saying messages; a scenario names what its users do. */
export const deeds = ['connect', 'disconnect', 'ask', 'watch', 'unwatch', 'http:message', 'http:ask'] as const;
export type Deed = (typeof deeds)[number];

export function isSaying(action: Action): action is Saying {
  return action.do === 'message' || action.do === 'post';
}

export function isComing(action: Action): action is Coming {
  return action.do === 'connect' || action.do === 'disconnect';
}

export function isAsking(action: Action): action is Asking {
  return action.do === 'ask' || action.do === 'watch' || action.do === 'unwatch';
}

export function isOverHttp(action: Action): action is OverHttp {
  return action.do === 'http:message' || action.do === 'http:ask';
}

/** For whoever plays messages only: throws at anything else. `who`: `the simulator`. */
export function* onlySayings(actions: Iterable<Action>, who: string): Iterable<Saying> {
  for (const action of actions) {
    if (!isSaying(action)) throw usage(`${who} plays messages and posts, no ${action.do}; run this scenario live`);
    yield action;
  }
}

/** The same before anything is played. */
export function checkOnlySays({ name, does = [] }: { readonly name: string; readonly does?: readonly Deed[] }, who: string): void {
  if (does.length === 0) return;
  throw usage(
    `scenario ${name} cannot be played by ${who}, which knows messages and posts alone: its users also ${does.join(', ')}; run it live`,
  );
}
