import type { Measured } from '../../measure/result.js';

const noProcess = 'no process ran: a simulation counts messages and has no speed';
const noBytes = 'messages of a simulation have no bytes';

/** What no simulation can know, by the place in the result. */
export const unknownHere: Measured['unknowns'] = {
  'nodes.cpuUs': noProcess,
  'nodes.memoryBytes': noProcess,
  'nodes.eventLoopDelayMsP99': noProcess,
  'nodes.joinWindowMsMax': 'subscriptions are simulated as confirmed before anybody is told of a join',
  'nodes.refused': 'limits of the chat nodes do not bite in a simulation: nothing is refused, however fast it comes',
  'brokers.cpuUs': noProcess,
  'brokers.memoryBytes': noProcess,
  'brokers.bytesIn': noBytes,
  'brokers.bytesOut': noBytes,
  'brokers.raw': noProcess,
  costUsPerDelivered: noProcess,
  workers: 'no load worker ran: every action is performed at its intended time',
};

/** The time that the hops of a message take, and nothing else: said once, since every latency of a simulation is of that kind. */
export const hopsOnly = 'of hops alone: nothing else takes any time in a simulation, and nothing waits in a queue';
