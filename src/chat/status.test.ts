import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Status } from './protocol.js';
import { type StatusEffect, type StatusInput, WatchedStatus } from './status.js';

const nodes = [0, 1, 2] as const;
type Notice = 'up' | 'doubt';

/** A user whose sockets come and go on three nodes, and one watcher; what travels is delivered when and in whatever order the test says. */
class Town {
  readonly status = new WatchedStatus();
  readonly told: Status[] = [];
  readonly #sockets = [0, 0, 0];
  #notices: Notice[] = [];
  /** What each node said to the open question, at the time it got it; undefined: no question is open. */
  #question: Map<number, boolean | 'silent'> | undefined;
  #waiting = false;
  #missed = false;
  asked = 0;
  signs = 0;

  get online(): boolean {
    return this.#sockets.some((count) => count > 0);
  }

  get busy(): boolean {
    return this.#question !== undefined || this.#waiting || this.#missed || this.#notices.length > 0;
  }

  come(node: number): void {
    this.#sockets[node] = (this.#sockets[node] ?? 0) + 1;
    if (this.#sockets[node] === 1) this.#notices.push('up');
  }

  go(node: number): void {
    if (this.#sockets[node] === 0) return;
    this.#sockets[node] = (this.#sockets[node] ?? 0) - 1;
    if (this.#sockets[node] === 0) this.#notices.push('doubt');
  }

  /** The node says nothing of it; that it has left the view is learnt later. */
  die(node: number): void {
    this.#sockets[node] = 0;
    this.#missed = true;
  }

  /** What was under way to the watcher is lost with its connection; that it is heard again is learnt later. */
  cut(): void {
    this.#notices = [];
    this.#missed = true;
  }

  again(): void {
    if (!this.#missed) return;
    this.#missed = false;
    this.#take({ type: 'doubt' });
  }

  deliver(index: number): void {
    const [notice] = this.#notices.splice(index % Math.max(1, this.#notices.length), 1);
    if (notice !== undefined) this.#take({ type: notice });
  }

  ask(node: number, silent: boolean): void {
    if (this.#question?.has(node) === false) this.#question.set(node, silent ? 'silent' : (this.#sockets[node] ?? 0) > 0);
  }

  answer(): void {
    const said = [...(this.#question?.values() ?? [])];
    if (said.length < nodes.length) return;
    this.#question = undefined;
    this.#take({ type: 'answered', status: said.includes(true) ? 'online' : said.includes('silent') ? 'unknown' : 'offline' });
  }

  due(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#take({ type: 'due' });
  }

  #take(input: StatusInput): void {
    if (input.type !== 'answered') this.signs++;
    for (const effect of this.status.step(input)) this.#do(effect);
  }

  #do(effect: StatusEffect): void {
    if (effect.type === 'tell') this.told.push(effect.status);
    this.#waiting = effect.type === 'wait' || (this.#waiting && effect.type !== 'ask');
    if (effect.type !== 'ask') return;
    expect(this.#question).toBeUndefined();
    this.#question = new Map();
    this.asked++;
  }
}

const node = fc.constantFrom(...nodes);
const move = fc.oneof(
  { weight: 3, arbitrary: node.map((at) => (town: Town) => town.come(at)) },
  { weight: 3, arbitrary: node.map((at) => (town: Town) => town.go(at)) },
  { weight: 1, arbitrary: node.map((at) => (town: Town) => town.die(at)) },
  { weight: 1, arbitrary: fc.constant((town: Town) => town.cut()) },
);
const turn = fc.oneof(
  { weight: 4, arbitrary: fc.nat(20).map((index) => (town: Town) => town.deliver(index)) },
  {
    weight: 6,
    arbitrary: fc.tuple(node, fc.nat(9)).map(
      ([at, luck]) =>
        (town: Town) =>
          town.ask(at, luck === 0),
    ),
  },
  { weight: 3, arbitrary: fc.constant((town: Town) => town.answer()) },
  { weight: 1, arbitrary: fc.constant((town: Town) => town.again()) },
  { weight: 1, arbitrary: fc.constant((town: Town) => town.due()) },
);
const history = fc.tuple(fc.array(fc.oneof(move, turn), { maxLength: 60 }), fc.array(turn, { maxLength: 60 }));

function play([moves, turns]: readonly (readonly ((town: Town) => void)[])[]): Town {
  const town = new Town();
  town.cut();
  for (const act of [...(moves ?? []), ...(turns ?? [])]) act(town);
  for (let rounds = 0; town.busy; rounds++) {
    if (rounds > 200) throw new Error('it never comes to rest');
    town.again();
    town.deliver(0);
    town.due();
    for (const at of nodes) town.ask(at, false);
    town.answer();
  }
  return town;
}

describe('what watchers are told', () => {
  test('is right in the end, in whatever order notices, questions and answers overtook each other', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const town = play(acts);
        expect(town.told.at(-1)).toBe(town.online ? 'online' : 'offline');
        expect(town.status.told).toBe(town.told.at(-1));
      }),
      { numRuns: 3000 },
    );
  });

  test('is told once, and is unknown only while nothing better was known', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const { told } = play(acts);
        for (const [index, status] of told.entries()) expect(told[index - 1]).not.toBe(status);
        expect(told.lastIndexOf('unknown')).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('costs at most a question for each sign of a change, and none without one', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const { asked, signs } = play(acts);
        expect(asked).toBeLessThanOrEqual(signs);
      }),
    );
  });
});

describe('a watched status', () => {
  const ask = { type: 'ask' } as const;
  const answered = (status: Status): StatusInput => ({ type: 'answered', status });

  test('says online before the answer, which decides', () => {
    const status = new WatchedStatus();
    expect(status.step({ type: 'up' })).toEqual([{ type: 'tell', status: 'online' }, ask]);
    expect(status.step(answered('offline'))).toEqual([{ type: 'tell', status: 'offline' }]);
  });

  test('asks nothing when who is online comes once more', () => {
    const status = new WatchedStatus();
    status.step({ type: 'doubt' });
    status.step(answered('online'));
    expect(status.step({ type: 'up' })).toEqual([]);
  });

  test('an answer to a question from before the last sign is void', () => {
    const status = new WatchedStatus();
    status.step({ type: 'doubt' });
    expect(status.step({ type: 'up' })).toEqual([{ type: 'tell', status: 'online' }]);
    expect(status.step(answered('offline'))).toEqual([ask]);
    expect(status.step(answered('online'))).toEqual([]);
  });

  test('asks again after ever longer waits while nobody knows, and at once after a sign', () => {
    const status = new WatchedStatus();
    const waits = [250, 500, 1000, 2000, 4000, 4000].map((waitMs) => {
      const tells = waitMs === 250 ? [{ type: 'tell', status: 'unknown' }] : [];
      expect(status.step({ type: 'due' })).toEqual([ask]);
      expect(status.step(answered('unknown'))).toEqual([...tells, { type: 'wait', waitMs }]);
      return waitMs;
    });
    expect(waits).toHaveLength(6);
    expect(status.step({ type: 'doubt' })).toEqual([ask]);
    expect(status.step({ type: 'due' })).toEqual([]);
    status.step(answered('offline'));
    status.step({ type: 'doubt' });
    expect(status.step(answered('unknown'))).toEqual([{ type: 'wait', waitMs: 250 }]);
  });
});
