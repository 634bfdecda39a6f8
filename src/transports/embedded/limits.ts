/** What one connection may cost the broker. Plain numbers, so that a test can make them small. */
export interface Limits {
  /** Longest unfinished line; Redis calls it PROTO_INLINE_MAX_SIZE. */
  readonly lineBytes: number;
  /** Longest announced argument; Redis: proto-max-bulk-len. */
  readonly bulkBytes: number;
  /** Most arguments announced by one request; Redis: INT_MAX. */
  readonly argumentCount: number;
  /** Unfinished input and queued transaction of one connection; Redis: client-query-buffer-limit (1 GiB there). */
  readonly requestBytes: number;
  /** Unsent output of a subscriber; Redis: client-output-buffer-limit pubsub 32mb 8mb 60. */
  readonly subscriberOutput: OutputLimit;
  /** Unsent output of any other connection. Redis has no such limit; a JavaScript string ends at 512 MiB. */
  readonly clientOutput: OutputLimit;
}

/** Beyond `hardBytes` a connection is cut at once, beyond `softBytes` when it stays there for `softSeconds`. */
export interface OutputLimit {
  readonly hardBytes: number;
  readonly softBytes: number;
  readonly softSeconds: number;
}

/** What a word costs beside its bytes: empty words are not free. */
export const wordOverheadBytes = 16;

const MiB = 1024 * 1024;

export const redisLimits: Limits = {
  lineBytes: 64 * 1024,
  bulkBytes: 512 * MiB,
  argumentCount: 2 ** 31 - 1,
  requestBytes: 128 * MiB,
  subscriberOutput: { hardBytes: 32 * MiB, softBytes: 8 * MiB, softSeconds: 60 },
  clientOutput: { hardBytes: 256 * MiB, softBytes: 256 * MiB, softSeconds: 60 },
};
