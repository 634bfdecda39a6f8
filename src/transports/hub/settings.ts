import { leaseMs } from '../../plan/lease.js';
import { type ConnectionTimes, connectionTimes } from '../times.js';

/** How long a node waits for a hub or another node. Silence is measured by pings; answers have no time of their own, since a tell may rightly wait. */
export type LinkTimes = Omit<ConnectionTimes, 'answerTimeoutMs' | 'closeTimeoutMs'>;

const { connectTimeoutMs, silenceTimeoutMs, retryFirstMs, retryLongestMs } = connectionTimes;
export const linkTimes: LinkTimes = { connectTimeoutMs, silenceTimeoutMs, retryFirstMs, retryLongestMs };

/** What one connection may cost whoever accepted it. */
export interface ServerLimits {
  /** Whoever has not said a good hello by then is cut. */
  readonly helloTimeoutMs: number;
  /** Longest frame of a stranger: a hello. */
  readonly helloBytes: number;
  /** Longest frame of a node: more than a message with most recipients and longest body needs. */
  readonly frameBytes: number;
  /** What is not yet handed to the kernel because the other side does not read; beyond either it is cut. */
  readonly unsentFrames: number;
  readonly unsentBytes: number;
  /** A watcher that has not confirmed a notice by then is cut: what it keeps can no longer be trusted. */
  readonly noticeTimeoutMs: number;
  /** What a node told is forgotten when its connection has been gone for so long. */
  readonly leaseMs: number;
}

const MiB = 2 ** 20;

export const serverLimits: ServerLimits = {
  helloTimeoutMs: 5_000,
  helloBytes: 512,
  frameBytes: 4 * MiB,
  unsentFrames: 250_000,
  unsentBytes: 32 * MiB,
  noticeTimeoutMs: 5_000,
  leaseMs,
};

/** Longest frame that a node takes from a hub or another node: the copy of a whole directory. */
export const answerBytes = 64 * MiB;

/** How bench speaks to the hub and nodes to each other, for the result. Nothing is ever sent twice or kept for later. */
export const linkSettings = {
  protocol: 'length-prefixed frames over TCP, one connection for all',
  framesPerWrite: 'all of one turn of the event loop, up to 64 KiB',
  ...linkTimes,
} as const;
