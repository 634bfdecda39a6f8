import type { Model, Subject } from './subject.js';

/** In, out, relayed, and questions with their answers; what comes to a node as a broker counts once. */
export function handledPer({ estimate }: Model, { places }: Subject): number | null {
  const { brokers, deliveries } = estimate;
  const passed = [brokers.in, brokers.out, brokers.relayed].reduce((sum, { mean }) => sum + total(mean.subarray(0, places.brokers)), 0);
  const handled = passed + total(brokers.in.mean.subarray(places.brokers)) + 2 * total(brokers.asked.mean);
  return deliveries === 0 ? null : handled / deliveries;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
