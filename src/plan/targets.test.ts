import { expect, it } from 'vitest';
import { Targets } from './targets.js';

const targets = new Targets(12, [
  [3, 0],
  [11, 2],
]);

it('knows users by their ids and rooms by their members', () => {
  expect(targets.members('u:u0')).toEqual(['u0']);
  expect(targets.members('u:u11')).toEqual(['u11']);
  expect(targets.members('r:r1')).toEqual(['u11', 'u2']);
});

it.each(['u:u12', 'u:u-1', 'u:u01', 'u:u1.5', 'u:u', 'u:', 'u:x1', 'u:u1 ', 'u:uNaN', 'r:r2', 'r:u0', 's:u0', ''])(
  'knows nobody by %j',
  (target) => {
    expect(targets.members(target)).toEqual([]);
  },
);
