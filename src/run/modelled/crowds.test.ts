import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placedAs } from './crowds.js';
import type { Crowd } from './sendings.js';

const nobody: Crowd = { rooms: [], node: () => 0, user: (user: number) => user, room: (room: number) => room };

function counted(sockets: readonly number[], users: number, draw: number): readonly number[] {
  const placed = placedAs(nobody, users, sockets, draw);
  const counts = sockets.map(() => 0);
  for (let user = 0; user < users; user++) counts[placed.node(user)] = (counts[placed.node(user)] ?? Number.NaN) + 1;
  return counts;
}

const sockets = fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }).filter((all) => all.some((count) => count > 0));

it('users are dealt out to the nodes as the sockets are, and otherwise each time', () => {
  fc.assert(
    fc.property(sockets, fc.nat(9), (given, draw) => {
      const users = given.reduce((total, count) => total + count, 0);
      expect(counted(given, users, draw)).toEqual(given);
    }),
  );
  const [one, other] = [0, 1].map((draw) => Array.from({ length: 400 }, (_, user) => placedAs(nobody, 400, [100, 300], draw).node(user)));
  expect(one).not.toEqual(other);
});

it('as many sockets as there are not users are a proportion, to the user', () => {
  fc.assert(
    fc.property(sockets, fc.nat(300), (given, users) => {
      const all = given.reduce((total, count) => total + count, 0);
      for (const [node, count] of counted(given, users, 0).entries())
        expect(Math.abs(count - (users * (given[node] ?? 0)) / all)).toBeLessThanOrEqual(1);
    }),
  );
});
