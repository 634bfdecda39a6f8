/** All that a scenario file may import, from inside and, as `bench/plan`, from outside the project. */
export { usage } from '../error.js';
export type { Size } from '../routing/types.js';
export { another, directMessages } from './directMessages.js';
export { type Crowd, crowdOf } from './goers.js';
export { heavyTailedRooms } from './heavyTailedRooms.js';
export { arrivals, below, inOrder, shuffled } from './random.js';
export type { Action, ClientTransport, Coming, Deed, Limits, Members, Random, Saying, Scenario } from './types.js';
export { weighted, zipf } from './weighted.js';
