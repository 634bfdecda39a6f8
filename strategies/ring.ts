import { hash, redises, type Strategy, type Topic } from '../src/routing/index.js';

interface Point {
  readonly at: number;
  readonly broker: string;
}

/** Consistent hashing: a topic belongs to the next point on a circle, and every Redis has many points there. Karger and others, 1997. */
export default {
  name: 'ring',
  title: 'Consistent-hash ring',
  summary: 'Every Redis has many points on a ring of hashes; a topic belongs to the first point after its own hash.',
  claim: 'It would survive a change of the number of Redis, but migrating subscriptions needs code nobody wants to write.',
  when: {
    use: 'When Redis join or leave while the system runs: only the topics of that one move, about 1 of R+1. That is shown in routing only: no run changes its Redis.',
    avoid:
      'When the number of Redis is fixed: `hashed` does the same with less code and spreads the load more evenly than points on a ring.',
  },
  options: { points: 160 },
  fit: (size, { points }) => {
    if (!Number.isInteger(points) || points < 1) throw new RangeError(`points must be a whole number from 1, not ${points}`);
    return size;
  },
  brokers: redises,
  route: ({ brokers }, { points }) => {
    const ring = brokers.flatMap(({ id }) => Array.from({ length: points }, (_, index) => ({ at: hash(`${id}#${index}`), broker: id })));
    ring.sort((one, other) => one.at - other.at || (one.broker < other.broker ? -1 : 1));
    const place = (topic: Topic) => [{ broker: ownerOf(hash(topic), ring), channel: topic }];
    return { subscribe: place, publish: place };
  },
} satisfies Strategy<{ points: number }>;

/** The first point at or after a hash, by bisection; after the last point comes the first. */
function ownerOf(hashed: number, ring: readonly Point[]): string {
  let [low, high] = [0, ring.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ring[middle]?.at ?? 0) < hashed) low = middle + 1;
    else high = middle;
  }
  return (ring[low] ?? ring[0])?.broker ?? '';
}
