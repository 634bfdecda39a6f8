import { hash, redises, type Strategy, type Topic } from '../src/routing/index.js';

/** Every Redis bids for a topic with a hash of both; the highest bid wins. Thaler and Ravishankar, 1998: highest random weight. */
export default {
  name: 'rendezvous',
  title: 'Redis by highest random weight',
  summary: 'Each Redis is weighed for a topic by a hash of both; nodes listen on the heaviest, and messages go there.',
  when: {
    use: 'When Redis join or leave while the system runs, and the load is to be even without points to tune: only the topics of the one that comes or goes move. That is shown in routing only: no run changes its Redis.',
    avoid: 'With very many Redis: every one of them is weighed for every topic that is looked up.',
  },
  brokers: redises,
  route: ({ brokers }) => {
    const heaviest = (topic: Topic) => brokers.map(({ id }) => ({ id, weight: hash(`${id} ${topic}`) })).reduce(heavier).id;
    const place = (topic: Topic) => [{ broker: heaviest(topic), channel: topic }];
    return { subscribe: place, publish: place };
  },
} satisfies Strategy;

interface Bid {
  readonly id: string;
  readonly weight: number;
}

/** Equal weights go to the lesser name, so that the order of the brokers plays no part. */
function heavier(one: Bid, other: Bid): Bid {
  if (one.weight !== other.weight) return one.weight > other.weight ? one : other;
  return one.id < other.id ? one : other;
}
