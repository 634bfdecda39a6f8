import * as v from 'valibot';
import { unavailable } from '../../error.js';
import type { BrokerCounters, BrokerPlace } from '../types.js';
import { dial } from './dial.js';
import { frameTypes } from './frames.js';
import { linkTimes } from './settings.js';
import { protocolVersion } from './words.js';

const figure = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const figures = v.objectWithRest(
  {
    published: figure,
    handed: figure,
    tells: figure,
    questions: figure,
    answers: figure,
    notices: figure,
    bytesIn: figure,
    bytesOut: figure,
    channels: v.optional(figure),
    cpuUs: v.optional(figure),
    memoryBytes: v.optional(figure),
  },
  figure,
);

/**
 * The figures of a hub, or of the listener of a node, since it started, in its own words. Messages only: subscriptions, their
 * confirmations, copies of a directory and visits like this one are in `raw`, not in `in` and `out`.
 */
export async function counters(place: BrokerPlace): Promise<BrokerCounters> {
  const raw = await read(place);
  return {
    version: `bench-hub ${protocolVersion}`,
    in: raw.published + raw.tells + raw.questions,
    out: raw.handed + raw.answers + raw.notices,
    relayed: 0,
    channels: raw.channels ?? null,
    bytesIn: raw.bytesIn,
    bytesOut: raw.bytesOut,
    cpuUs: raw.cpuUs ?? null,
    memoryBytes: raw.memoryBytes ?? null,
    raw: definedIn(raw),
  };
}

async function read(place: BrokerPlace): Promise<v.InferOutput<typeof figures>> {
  const wire = await dial(place, null, linkTimes, { took: () => {}, closed: () => {} });
  try {
    const answer = v.safeParse(figures, JSON.parse((await wire.ask(frameTypes.counters)).toString()));
    if (answer.success) return answer.output;
    throw unavailable(`[${place.id}] gave counters that cannot be read; is it of this version?`);
  } finally {
    await wire.close();
  }
}

function definedIn(raw: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(raw).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
