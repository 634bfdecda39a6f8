import { describe, expect, test } from 'vitest';
import { costOf, type Reach, type Row, rowNames, rowOf, type Traffic } from './rows.js';
import { allStrategies } from './testing/strategies.js';
import { memberTopics, reaches, roomTopic, Town, within } from './testing/town.js';
import type { Topic } from './types.js';

const strategies = await allStrategies();

function rowFor(strategy: string, size: 'small' | 'large'): Row {
  const row = rowOf(strategy, size);
  if (row === undefined) throw new RangeError(`no row for ${strategy}`);
  return row;
}

test('the strategies of the rows exist', () => {
  expect(strategies.map(({ name }) => name)).toEqual(expect.arrayContaining([...rowNames]));
});

test('a cost counts what goes straight from node to node, and what is asked of others', () => {
  const row: Row = { ...rowFor('directory-hash', 'small'), members: [0, 0, 0, { hops: '1H', questions: '2P' }] };
  const reach = { members: 10, nodes: 4, places: 3 };
  expect(costOf(row, 'members', { ...reach, own: true })).toMatchObject({ hops: 3, questions: 6 });
  expect(costOf(row, 'members', { ...reach, own: false })).toMatchObject({ hops: 4, questions: 6 });
  expect(costOf(rowFor('node-inbox', 'small'), 'direct', reach)).toMatchObject({ questions: null });
});

test('a cost counts members and nodes', () => {
  const row: Row = { ...rowFor('grouped', 'small'), members: ['3M', '1M', '2D'] };
  expect(costOf(row, 'members', { members: 10, nodes: 4 })).toEqual({ in: 30, out: 10, relayed: 8, hops: 0, questions: 0 });
  expect(costOf(row, 'direct', { members: 1, nodes: 1 })).toEqual({ in: 2, out: 1, relayed: 0, hops: 0, questions: 0 });
});

for (const [size, asked] of [
  ['small', { nodes: 4, brokers: 3 }],
  ['large', { nodes: 8, brokers: 6 }],
] as const) {
  describe.each(strategies.filter(({ name }) => rowNames.has(name)))(`$name at the size ${size}`, (strategy) => {
    const row = rowFor(strategy.name, size);
    const town = new Town(strategy, row, asked);

    test('is fitted to the size of its row', () => {
      const brokers = town.topology.brokers.filter(({ directoryOnly }) => !directoryOnly);
      expect([town.topology.nodes.length, brokers.length]).toEqual([row.nodes, row.brokers]);
    });

    test('listens at as many addresses as its row says', () => {
      expect(town.subscriptions()).toBe(row.subscriptions);
    });

    test('has a cost for the forms of rooms that it runs, and for no other', () => {
      expect(row.members !== null).toBe(strategy.rooms?.includes('members') ?? true);
      expect(costOf(row, 'members', { members: 1, nodes: 1 }) !== null).toBe(row.members !== null);
    });

    test('tells directories as many entries as its row says, and no more are kept', () => {
      expect([town.entries(), town.kept()]).toEqual([row.entries, row.entries]);
    });

    /** A cost that is not in the row is not compared. */
    const expectRow = (form: 'direct' | 'members' | 'topic', reach: Reach, topics: readonly Topic[]) => {
      for (const sender of town.topology.nodes) {
        const cost = costOf(row, form, town.seenFrom(sender, reach, topics));
        if (cost === null) throw new RangeError(`no cost of the form ${form} in the row of ${row.strategy}`);
        const counted = town.costs(sender, topics).map((one) => ({ ...one, questions: cost.questions === null ? null : one.questions }));
        expect(distinct(counted)).toEqual([cost]);
      }
    };

    test('a direct message costs its row, whoever sends it and whatever is drawn', () => {
      expectRow('direct', { members: 1, nodes: 1 }, ['u:u0']);
    });

    test.each(reaches)('a message to a room of $members costs its row in each form that it runs', (room) => {
      const reach = within(room, row.nodes);
      if (row.members !== null) expectRow('members', reach, memberTopics(reach, row.nodes));
      expectRow('topic', reach, [roomTopic(room)]);
    });
  });
}

function distinct(costs: readonly Traffic[]): Traffic[] {
  return [...new Map(costs.map((cost) => [JSON.stringify(cost), cost])).values()];
}
