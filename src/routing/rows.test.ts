import { describe, expect, test } from 'vitest';
import { costOf, type Row, rowNames, rowOf } from './rows.js';
import { allStrategies } from './testing/strategies.js';
import { memberTopics, reaches, roomTopic, Town, within } from './testing/town.js';

const strategies = await allStrategies();

function rowFor(strategy: string, size: 'small' | 'large'): Row {
  const row = rowOf(strategy, size);
  if (row === undefined) throw new RangeError(`no row for ${strategy}`);
  return row;
}

test('the strategies of the rows exist', () => {
  expect(strategies.map(({ name }) => name)).toEqual(expect.arrayContaining([...rowNames]));
});

test('a cost counts members and nodes', () => {
  const row: Row = { ...rowFor('grouped', 'small'), members: ['3M', '1M', '2D'] };
  expect(costOf(row, 'members', { members: 10, nodes: 4 })).toEqual({ in: 30, out: 10, relayed: 8 });
  expect(costOf(row, 'direct', { members: 1, nodes: 1 })).toEqual({ in: 2, out: 1, relayed: 0 });
});

for (const [size, asked] of [
  ['small', { nodes: 4, brokers: 3 }],
  ['large', { nodes: 8, brokers: 6 }],
] as const) {
  describe.each(strategies.filter(({ name }) => rowNames.has(name)))(`$name at the size ${size}`, (strategy) => {
    const row = rowFor(strategy.name, size);
    const town = new Town(strategy, row, asked);

    test('is fitted to the size of its row', () => {
      expect([town.topology.nodes.length, town.topology.brokers.length]).toEqual([row.nodes, row.brokers]);
    });

    test('listens at as many addresses as its row says', () => {
      expect(town.subscriptions()).toBe(row.subscriptions);
    });

    test('a direct message costs its row, whoever sends it and whatever is drawn', () => {
      expect(town.costs(['u:u1'])).toEqual([costOf(row, 'direct', { members: 1, nodes: 1 })]);
    });

    test.each(reaches)('a message to a room of $members costs its row in both forms', (room) => {
      const reach = within(room, row.nodes);
      expect(town.costs(memberTopics(reach, row.nodes))).toEqual([costOf(row, 'members', reach)]);
      expect(town.costs([roomTopic(room)])).toEqual([costOf(row, 'topic', reach)]);
    });
  });
}
