/** What a peer is to do. */
export interface Order {
  readonly url: string;
  readonly index: number;
  readonly peers: number;
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly windowMs: number;
  readonly batchDelayMsMax: number;
}

/** What it counted in its window; one latency of a hundred, from publishing to the answer. */
export interface Taken {
  readonly messages: number;
  readonly cpuUs: number;
  readonly latenciesMs: readonly number[];
}
