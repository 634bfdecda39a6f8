import { listStrategies } from '../plan/strategies.js';
import { meetsAtRedis } from './testing/strategies.js';
import { strategySuite } from './testing/strategySuite.js';

/** At nodes, at the hub, and at every other kind of broker. */
for (const strategy of await listStrategies()) if (!meetsAtRedis(strategy)) await strategySuite(strategy);
