import type { DriverName } from '../plan/types.js';
import type { Driver } from './driver.js';
import { rawDriver } from './rawDriver.js';
import { socketIoDriver } from './socketIoDriver.js';

const drivers: Readonly<Record<DriverName, () => Driver>> = { raw: rawDriver, 'socket.io-client': () => socketIoDriver };

/** One for all connections of a worker. */
export function openDriver(name: DriverName): Driver {
  return drivers[name]();
}
