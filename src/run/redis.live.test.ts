import { listStrategies } from '../plan/strategies.js';
import { meetsAtRedis } from './testing/strategies.js';
import { strategySuite } from './testing/strategySuite.js';

for (const strategy of await listStrategies()) if (meetsAtRedis(strategy)) await strategySuite(strategy);
