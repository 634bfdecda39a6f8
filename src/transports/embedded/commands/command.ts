import type { Broker } from '../broker.js';
import type { Client } from '../client.js';

export type One = readonly [string];
export type Two = readonly [string, string];
export type OneOrMore = readonly [string, ...string[]];
export type TwoOrMore = readonly [string, string, ...string[]];

export interface Command {
  /** Lower case; a subcommand is spelled `client|id`, as in Redis's messages and commandstats. */
  readonly name: string;
  /** Words of a request, the command's own included; negative: at least so many. */
  readonly arity: number;
  /** Allowed on a RESP2 connection that has subscriptions. */
  readonly whileSubscribed?: true;
  /** Inside MULTI it runs at once instead of being queued. */
  readonly neverQueued?: true;
  /** The words outlive the request and are therefore copied out of the chunk they came in. */
  readonly keepsWords?: true;
  /**
   * The reply, '' when there is none. It throws a `ReplyError` to fail.
   * `arity` is checked before, so an implementation may ask for exactly the words that it promises (methods are bivariant).
   */
  run(words: readonly string[], client: Client, broker: Broker): string;
}
