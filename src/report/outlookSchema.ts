import * as v from 'valibot';
import { sizeEntries } from '../measure/result.js';
import { roomForms } from '../plan/types.js';
import type { OutlookRow } from './outlook.js';

const options = v.record(v.string(), v.union([v.string(), v.number()]));
const size = v.strictObject(sizeEntries);

/** A row of the sliders as records keep it. Where another version kept another, the record is read without: only the sliders need it. */
export const outlookRowSchema: v.GenericSchema<OutlookRow> = v.object({
  plan: v.object({
    seed: v.number(),
    strategy: v.object({ name: v.string(), file: v.nullable(v.string()), options }),
    scenario: v.string(),
    scenarioOptions: v.exactOptional(options),
    size,
    warmUpSeconds: v.number(),
    rooms: v.picklist(roomForms),
  }),
  now: v.object({
    size,
    nodeLoad: v.number(),
    brokerLoad: v.nullable(v.number()),
    amplification: v.nullable(v.number()),
    connectionsPerNode: v.number(),
    subscriptionsPerNode: v.number(),
  }),
});
