import { draws } from '../../routing/hash.js';
import type { Subject } from './subject.js';

/**
 * How many nodes and brokers a strategy looks at to say where one topic is heard and put: what its answers cost, the same on every
 * machine. Found by asking once with lists that count how often they are read.
 */
export function looksOf({ plan: { topology, strategy: asked }, strategy }: Pick<Subject, 'plan' | 'strategy'>): number {
  let looks = 0;
  const counting = <T>(list: readonly T[]) =>
    new Proxy(list, {
      get: (target, key, receiver) => {
        if (typeof key === 'string' && isIndex(key)) looks++;
        return Reflect.get(target, key, receiver);
      },
    });
  const counted = { ...topology, nodes: counting(topology.nodes), brokers: counting(topology.brokers) };
  const routing = strategy.route(counted, asked.options);
  const node = topology.nodes[0] ?? '';
  looks = 0;
  const known = routing.subscribe('u:u0', node);
  routing.publish('u:u0', { node, known, random: draws('looks', 0) });
  return looks;
}

function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}
