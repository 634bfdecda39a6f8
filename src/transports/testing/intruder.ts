import { dial } from '../hub/dial.js';
import { encodeAddressed, frameTypes } from '../hub/frames.js';
import { linkTimes } from '../hub/settings.js';
import type { Wire } from '../hub/wire.js';
import type { BrokerPlace } from '../types.js';

/** A connection that a hub or a node lets in, and over which a test sends what it likes. */
export function letIn(place: BrokerPlace): Promise<Wire> {
  return dial(place, 'intruder', linkTimes, { took: () => {}, closed: () => {} });
}

/** Publishes bytes that no node encoded. */
export async function intrudeHub(place: BrokerPlace, channel: string, bytes: string): Promise<void> {
  const wire = await letIn(place);
  try {
    await wire.request((number) => encodeAddressed(frameTypes.publish, number, channel, Buffer.from(bytes, 'latin1')));
  } finally {
    await wire.close();
  }
}
