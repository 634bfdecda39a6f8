import type { Registry } from 'prom-client';
import type { NodeSnapshot } from '../processes/protocol.js';

/** The library is loaded, and begins to watch this process, with the first question: in most runs nobody asks. */
export function metricsWhenAsked(take: () => NodeSnapshot): () => Promise<Registry> {
  let registry: Promise<Registry> | undefined;
  return () => {
    registry ??= import('./metrics.js').then(({ metricsOf }) => metricsOf(take));
    return registry;
  };
}
