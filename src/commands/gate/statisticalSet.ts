/**
 * What is played for the statistical layer: one strategy in which a node gets only what it wants, and one in which it gets everything and drops most.
 * Between them they pass every step of a message on a node.
 */
export const statisticalStrategies = ['hashed', 'single-channel'] as const;

/** Two nodes and one worker on few cores; a rate at which a node has several messages in a turn, so that waking up is a small part of the cost. */
export const statisticalRun: readonly string[] = [
  ...['--scenario', 'direct', '--nodes', '2', '--brokers', '2', '--users', '200', '--rate', '2000', '--duration', '2s'],
  ...['--warm-up', '1s', '--seed', '7'],
];
