import type { Options, Routing, Strategy, Topology } from './types.js';

/** The routing of a topology, made once for all nodes: strategies are pure, so another would answer the same. */
export function routedOnce(strategy: Strategy, options: Options): (topology: Topology) => Routing {
  const made = new Map<Topology, Routing>();
  return (topology) => {
    const routing = made.get(topology) ?? strategy.route(topology, options);
    made.set(topology, routing);
    return routing;
  };
}
