import type { Limits } from '../../verdict/costGate.js';

/** Without a calibration of the machine. */
export const statedLimits: Limits = { system: 0.05, node: 0.05, broker: 0.25, p99: 1, 'time per message': 0.25 };
