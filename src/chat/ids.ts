import { idPattern } from './protocol.js';

/** Ids of users, rooms, devices and nodes. The pattern closes every way to inject into channels, keys and patterns. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}
