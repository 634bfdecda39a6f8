/** What is played for the statistical layer: on the way of its messages a node reads, routes, publishes, hears, delivers and writes, as with every other. */
export const statisticalStrategies: readonly string[] = ['hashed'];

/**
 * One node, one Redis, one worker: each further process is one more that the scheduler may place otherwise, and a message passes Redis all the same.
 * At 3,000/s a node has several messages in a turn, so that waking up is a small part of the cost; a longer run was not steadier.
 */
export const statisticalRun: readonly string[] = [
  ...['--scenario', 'direct', '--nodes', '1', '--brokers', '1', '--users', '200', '--rate', '3000', '--duration', '2s'],
  ...['--warm-up', '1s', '--seed', '7'],
];
