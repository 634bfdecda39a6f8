import { connectionTimes } from '../times.js';

/** How bench speaks to NATS, for the result. Nothing is ever sent twice or kept for later: a send is taken, rejected or unknown. */
export const natsSettings = {
  client: '@nats-io/transport-node',
  connectionsPerNode: 1,
  reconnectByItself: false,
  resubscribeByItself: false,
  confirmedBy: 'one PING for all publishes of one turn of the event loop',
  nobodyListens: 'no responders',
  ...connectionTimes,
} as const;
