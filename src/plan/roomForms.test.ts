import { describe, expect, it } from 'vitest';
import direct from '../../scenarios/direct.js';
import rooms from '../../scenarios/rooms.js';
import adapterSharded from '../../strategies/adapter-sharded.js';
import hashed from '../../strategies/hashed.js';
import type { Strategy } from '../routing/types.js';
import { planOf, type Request } from './plan.js';
import type { RoomForm, Scenario } from './types.js';

function planned(strategy: Strategy, scenario: Scenario, form: RoomForm) {
  const request: Request = {
    strategy,
    strategyFile: null,
    options: strategy.options ?? {},
    scenario,
    sizeName: 'smoke',
    size: { brokers: 1 },
    rooms: form,
    seed: 1,
    run: 'test',
    workers: 1,
    attach: { brokers: null, store: null },
    command: 'bench run',
  };
  const { rooms: planned, changed } = planOf(request);
  return { rooms: planned, changed };
}

describe('the form of room messages', () => {
  const adapter = adapterSharded as Strategy;

  it('is the one asked for where the strategy can run it', () => {
    expect(planned(hashed, rooms, 'members')).toEqual({ rooms: 'members', changed: [] });
    expect(planned(adapter, rooms, 'topic')).toEqual({ rooms: 'topic', changed: [] });
  });

  it('is changed, and said, where it cannot', () => {
    expect(planned(adapter, rooms, 'members')).toEqual({
      rooms: 'topic',
      changed: ['adapter-sharded runs rooms in the form topic, not members'],
    });
  });

  it('is no news where there are no rooms', () => {
    expect(planned(adapter, direct, 'members')).toEqual({ rooms: 'topic', changed: [] });
  });
});
