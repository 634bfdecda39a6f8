import type { Message } from '../../routing/messages.js';
import type { Topic } from '../../routing/types.js';
import { PublishError } from '../types.js';

export function chatFrom(from: string, number: number, topic: Topic = 'u:ann'): Message<Buffer> {
  return { kind: 'chat', id: `${from}-${number}`, view: 1, topics: [topic], body: Buffer.from(`message ${number}`) };
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

export function pick<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Counts what became of publishes. */
export async function outcomesOf(publishes: readonly Promise<unknown>[]) {
  const counts = { taken: 0, rejected: 0, unknown: 0 };
  for (const result of await Promise.allSettled(publishes)) {
    if (result.status === 'fulfilled') counts.taken++;
    else if (result.reason instanceof PublishError) counts[result.reason.outcome]++;
    else throw result.reason;
  }
  return counts;
}

export function openSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource.startsWith('TCP')).length;
}
