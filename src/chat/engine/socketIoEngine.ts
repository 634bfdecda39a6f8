import type { Engine } from './engine.js';

/** Everything goes through Socket.IO: the reference, and the only one where Socket.IO delivers by itself. */
export const socketIoEngine: Engine = {
  name: 'socket.io',
  attach: () => {},
  laneOf: () => undefined,
};
