/** What stands in a result where no process ran: nothing was refused, and nobody can say what it would have used. */
export const nodeWithoutProcess = {
  junk: 0,
  refused: {},
  slowReadersCut: 0,
  joinWindowMsMax: null,
  cpuUs: null,
  memoryBytes: null,
  eventLoopDelayMsP99: null,
} as const;

export const brokerWithoutProcess = {
  embedded: false,
  origin: null,
  bytesIn: null,
  bytesOut: null,
  cpuUs: null,
  memoryBytes: null,
  raw: { attached: null, start: null, drained: null, end: null },
} as const;
