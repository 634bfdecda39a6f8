import { randomBytes } from 'node:crypto';
import type { BrokerId } from '../../routing/types.js';
import type { Launch, Started } from '../types.js';
import { placeUrl } from './place.js';

/** A hub in a process of its own, with a secret of its own that only the environment and the URL carry. `port` 0 is any free one. */
export async function startHub(id: BrokerId, launch: Launch, port = 0, secret = randomBytes(24).toString('base64url')): Promise<Started> {
  const hub = await launch.ours(id, 'transports/hub/main', { BENCH_HUB_PORT: String(port), BENCH_HUB_SECRET: secret });
  const listening = await hub.said(portIn);
  return { url: placeUrl('hub', listening, secret), pid: hub.pid, embedded: false };
}

function portIn(line: string): number | undefined {
  const port = /^\{"port":(\d+)\}$/.exec(line)?.[1];
  return port === undefined ? undefined : Number(port);
}
