import { connectionTimes } from '../times.js';

/** A node that does not read gets no more than this into its queue; what is beyond is refused, not dropped unseen. */
export const largestQueueBytes = 64 * 2 ** 20;

/** How bench speaks to RabbitMQ, for the result. Nothing is ever sent twice or kept for later: a send is taken, rejected or unknown. */
export const rabbitSettings = {
  client: 'amqplib',
  connectionsPerNode: 2,
  recovery: false,
  publisherConfirms: true,
  mandatory: true,
  persistent: false,
  queue: 'one for each node, exclusive, auto-delete',
  consumerAcknowledges: false,
  largestQueueBytes,
  queueOverflow: 'reject-publish',
  heartbeat: 0,
  schedulersBusyWait: false,
  ...connectionTimes,
} as const;
