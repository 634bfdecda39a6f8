import { hash, redises, type Strategy, type Topic } from '../src/routing/index.js';

/** Topics fall into a fixed number of partitions for ever; only partitions move between Redis, each to the Redis that weighs most for it. */
export default {
  name: 'partition-ring',
  title: 'Partitions on Redis',
  summary: 'A topic falls into one of a fixed number of partitions, and each partition belongs to one Redis.',
  claim: 'It would survive a change of the number of Redis, but migrating subscriptions needs code nobody wants to write.',
  when: {
    use: 'When somebody must be able to say, and to change, which Redis has what: a partition is the unit that is moved, and there are only so many.',
    avoid: 'When one hot partition would be too much for a Redis, or when the number of Redis never changes.',
  },
  options: { partitions: 1024 },
  fit: (size, { partitions }) => {
    if (!Number.isInteger(partitions) || partitions < 1)
      throw new RangeError(`partitions must be a whole number from 1, not ${partitions}`);
    return size;
  },
  brokers: redises,
  route: ({ brokers }, { partitions }) => {
    const ids = brokers.map(({ id }) => id).sort();
    const owners = Array.from({ length: partitions }, (_, partition) => heaviest(ids, partition));
    const place = (topic: Topic) => [{ broker: owners[hash(topic) % partitions] ?? '', channel: topic }];
    return { subscribe: place, publish: place };
  },
} satisfies Strategy<{ partitions: number }>;

function heaviest(ids: readonly string[], partition: number): string {
  const weight = (id: string) => hash(`${id} ${partition}`);
  return ids.reduce((best, id) => (weight(id) > weight(best) ? id : best));
}
