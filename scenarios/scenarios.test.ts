import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BenchError } from '../src/error.js';
import { checkAnswers } from '../src/measure/answers.js';
import { deeds, isComing } from '../src/plan/actions.js';
import { checkWorkload } from '../src/plan/checkWorkload.js';
import type { Action, Members, Scenario } from '../src/plan/types.js';
import { workloadOf } from '../src/plan/workload.js';
import type { Size } from '../src/routing/types.js';

/** The folder is the registry: whatever scenario is added, these hold for it. */
const names = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3));
const tiny: Size = { nodes: 2, brokers: 1, users: 8, ratePerSecond: 50, seconds: 2, bytes: 64 };

async function load(name: string): Promise<Scenario> {
  return ((await import(new URL(`./${name}.ts`, import.meta.url).href)) as { default: Scenario }).default;
}

function played(scenario: Scenario, size: Size, seed: number): { rooms: readonly Members[]; actions: readonly Action[] } {
  const workload = workloadOf(scenario, { size, seed });
  return { rooms: workload.rooms, actions: [...workload.actions()] };
}

function forbidden(what: string): () => never {
  return () => {
    throw new Error(`a scenario used ${what}`);
  };
}

/** While this holds, clock, timers and unseeded randomness throw. */
function forbidTheWorld(): void {
  vi.spyOn(Math, 'random').mockImplementation(forbidden('Math.random'));
  for (const timer of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'] as const) vi.stubGlobal(timer, forbidden(timer));
  vi.stubGlobal('Date', Object.assign(forbidden('Date'), { now: forbidden('Date.now') }));
  vi.stubGlobal('performance', { now: forbidden('performance.now') });
  vi.stubGlobal('crypto', { getRandomValues: forbidden('crypto'), randomUUID: forbidden('crypto') });
  vi.stubGlobal('fetch', forbidden('fetch'));
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('there are scenarios', () => {
  expect(names).toEqual(expect.arrayContaining(['direct', 'rooms']));
});

describe.each(names)('scenario %s', (name) => {
  it('is called as its file is, and says what it is for', async () => {
    const scenario = await load(name);
    expect(scenario.name).toBe(name);
    expect(scenario.title).not.toBe('');
    expect(scenario.summary).toMatch(/[.?]$/);
  });

  it('has a size for a try and one for a measurement', async () => {
    const { sizes } = await load(name);
    expect(sizes.smoke.seconds).toBeLessThanOrEqual(5);
    expect(sizes.full.seconds).toBeGreaterThan(sizes.smoke.seconds);
    expect(sizes.smoke.users).toBeGreaterThanOrEqual(sizes.smoke.nodes);
  });

  it.each(['smoke', 'full', 'tiny'] as const)(
    'plays rate x seconds actions in order of time, by users and in rooms that exist (%s)',
    async (sizeName) => {
      const scenario = await load(name);
      const size = sizeName === 'tiny' ? tiny : scenario.sizes[sizeName];
      const { rooms, actions } = played(scenario, size, 11);
      expect(paced(scenario, actions).length).toBe(Math.round(size.ratePerSecond * size.seconds));
      expect(() => checkWorkload(scenario, { size, seed: 11 }, name)).not.toThrow();
      for (const action of actions) if (action.do === 'post') expect(rooms[action.room]).toContain(action.user);
    },
  );

  it('asks a question, and names the figures of a result that answer it', async () => {
    const scenario = await load(name);
    const { question, answeredBy } = scenario;
    expect(question).toMatch(/\?$/);
    expect(answeredBy.length).toBeGreaterThan(0);
    checkAnswers(scenario, name);
  });

  it('names all that its users do, and nothing else', async () => {
    const scenario = await load(name);
    const done = new Set(played(scenario, scenario.sizes.full, 3).actions.map((action) => action.do));
    expect([...done].filter((deed) => deeds.some((one) => one === deed)).sort()).toEqual([...(scenario.does ?? [])].sort());
  });

  it('makes rooms of distinct users', async () => {
    const scenario = await load(name);
    for (const size of [tiny, scenario.sizes.smoke, scenario.sizes.full]) {
      for (const members of played(scenario, size, 5).rooms) {
        expect(new Set(members).size).toBe(members.length);
        for (const user of members) expectUser(user, size);
      }
    }
  });

  it('is the same again for the same seed, and another for another', async () => {
    const scenario = await load(name);
    expect(played(scenario, tiny, 1)).toEqual(played(scenario, tiny, 1));
    expect(played(scenario, tiny, 1)).not.toEqual(played(scenario, tiny, 2));
  });

  it('touches neither clock nor timers nor unseeded randomness', async () => {
    const scenario = await load(name);
    forbidTheWorld();
    expect(() => Math.random()).toThrow('a scenario used Math.random');
    expect(paced(scenario, played(scenario, tiny, 1).actions).length).toBe(100);
  });
});

/** Coming and going has a pace of its own, unless it is one of many things that are done. */
function paced({ name }: Scenario, actions: readonly Action[]): readonly Action[] {
  return name === 'mixed' ? actions : actions.filter((action) => !isComing(action));
}

function expectUser(user: number, { users }: Size): void {
  expect(Number.isInteger(user) && user >= 0 && user < users).toBe(true);
}

describe('direct', () => {
  it('is never to oneself, and reaches every pair', async () => {
    const { actions } = played(await load('direct'), { ...tiny, users: 5, ratePerSecond: 1000 }, 3);
    const pairs = new Set(actions.map((action) => `${action.user} ${action.do === 'message' ? action.to : ''}`));
    expect(pairs.size).toBe(5 * 4);
    for (const action of actions) expect(action).not.toMatchObject({ to: action.user });
  });

  it('says what to do when there is nobody to write to', async () => {
    const direct = await load('direct');
    expect(() => played(direct, { ...tiny, users: 1 }, 1)).toThrow(BenchError);
    expect(() => played(direct, { ...tiny, users: 1 }, 1)).toThrow('scenario direct needs at least 2 users, not 1');
  });
});

describe('rooms', () => {
  it.each([1, 2, 3, 10, 100, 1000])('has everyone of %i users in a room', async (users) => {
    const { rooms } = played(await load('rooms'), { ...tiny, users }, 9);
    expect(new Set(rooms.flat()).size).toBe(users);
  });

  it('has many small rooms and a few large', async () => {
    const { rooms } = played(await load('rooms'), { ...tiny, users: 1000 }, 9);
    const sizes = rooms.map((members) => members.length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(5);
    expect(sizes.at(-1)).toBeGreaterThan(30);
  });
});
