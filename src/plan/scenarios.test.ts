import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { planOf, type Request } from './plan.js';
import { askedScenario, loadScenario, scenarioOf, scenarioOptions } from './scenarios.js';
import { loadStrategy } from './strategies.js';
import { workloadOfPlan } from './workloadOfPlan.js';

const folder = mkdtempSync(join(tmpdir(), 'bench-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const right = {
  title: `'Mine'`,
  summary: `'They talk.'`,
  question: `'Do they?'`,
  answeredBy: `['counts']`,
  sizes: `{ smoke: size, full: size }`,
  limits: `{ lost: 0 }`,
  actions: `(size, random) => directMessages(name, size, random)`,
};
let files = 0;

/** A file of one's own with some fields other than right; undefined: without that field. */
function fileWith(changes: Readonly<Record<string, string | undefined>>, before = ''): { name: string; file: string } {
  const name = `mine-${++files}`;
  const fields = Object.entries({ name: 'name', ...right, ...changes }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}: ${value}`],
  );
  const file = join(folder, `${name}.ts`);
  writeFileSync(
    file,
    `import { arrivals, directMessages, type Size } from 'bench/plan';
const name = '${name}';
const size: Size = { nodes: 2, brokers: 1, users: 10, ratePerSecond: 20, seconds: 1, bytes: 64 };
${before}
export default { ${fields.join(', ')} };`,
  );
  return { name, file };
}

async function requestFor(file: string): Promise<Request> {
  const { scenario, file: scenarioFile } = await askedScenario(file);
  return {
    strategy: await loadStrategy({ name: 'hashed', file: null }),
    strategyFile: null,
    options: {},
    scenario,
    scenarioFile,
    sizeName: 'smoke',
    size: {},
    rooms: 'members',
    seed: 1,
    run: 'test',
    workers: 1,
    attach: { brokers: null, store: null },
    command: 'none',
  };
}

describe("a scenario of one's own", () => {
  it('is found by its path, in TypeScript, and again from the plan', async () => {
    const { name, file } = fileWith({});
    const plan = planOf(await requestFor(file));
    expect(plan).toMatchObject({ scenario: name, scenarioFile: file, asks: { question: 'Do they?', answeredBy: ['counts'] } });
    expect((await scenarioOf(plan)).name).toBe(name);
    expect([...(await workloadOfPlan(plan)).actions()].length).toBe(20);
  });

  it.each([
    [{ question: undefined }, 'question: is missing'],
    [{ title: '7' }, 'title: must be words, at least one, not 7'],
    [{ sizes: '{ smoke: size, full: { ...size, users: 2.5 } }' }, 'sizes.full.users: must be a whole number from 1 on, not 2.5'],
    [{ sizes: '{ smoke: { ...size, ratePerSecond: 0 }, full: size }' }, 'sizes.smoke.ratePerSecond: must be a number above 0, not 0'],
    [{ sizes: '{ smoke: { ...size, seconds: undefined }, full: size }' }, 'sizes.smoke.seconds: must be a number above 0, not undefined'],
    [{ sizes: '{ smoke: size }' }, 'sizes.full: is missing'],
    [{ limits: '{ lots: 0 }' }, 'limits.lots: is no field; did you mean lost?'],
    [{ limits: '{ lost: -1 }' }, 'limits.lost: must be a whole number from 0 on, not -1'],
    [{ limits: '{ uncertainShare: 2 }' }, 'limits.uncertainShare: must be a share from 0 to 1, not 2'],
    [{ does: `['fly']` }, 'does.0: must be one of "connect", "disconnect"'],
    [{ transports: '[]' }, 'transports: must name one'],
    [{ options: '{ jitter: NaN }' }, 'options.jitter: must be the default, a number or a word'],
    [{ actions: '[]' }, 'actions: must be a function'],
    [{ action: '() => []' }, 'action: is no field; did you mean actions?'],
  ] as const)('is refused with the field that is wrong: %o', async (changes, words) => {
    const { name, file } = fileWith(changes);
    await expect(askedScenario(file)).rejects.toThrow(`[${name}] ${file} is no scenario (${words}`);
  });

  it.each([
    [{ actions: `() => [{ do: 'message', atMs: 5, user: 3, to: 10 }]` }, 'actions()[0].to must be a user from 0 to 9, not 10'],
    [{ actions: `() => [{ do: 'post', atMs: 5, user: 3, room: 0 }]` }, 'actions()[0].room must be a room'],
    [{ actions: `() => [{ do: 'ask', atMs: 5, user: 3, about: 1 }]` }, 'actions()[0].do is ask, which the field does must name'],
    [
      { actions: `() => [{ do: 'message', atMs: 5, user: 0, to: 1 }, { do: 'message', atMs: 4, user: 0, to: 1 }]` },
      'actions()[1].atMs must be from 5',
    ],
    [
      { actions: `() => [{ do: 'message', atMs: 1001, user: 0, to: 1 }]` },
      'actions()[0].atMs must be from 0 (the action before) to 1000, not 1001',
    ],
    [{ actions: `() => [{ do: 'shout', atMs: 0, user: 0 }]` }, 'actions()[0].do must be one of message, post,'],
    [{ actions: `() => [{ do: 'message', atMs: 0, user: 0, too: 1 }]` }, 'actions()[0].too is no field of message; did you mean to?'],
    [{ actions: `() => []` }, 'actions() gives none at this size'],
    [{ actions: `(size) => size.crowd.map()` }, 'rooms() or actions() threw: Cannot read properties of undefined'],
    [{ rooms: `(size) => size.crowd.map()` }, 'rooms() or actions() threw: Cannot read properties of undefined'],
    [{ rooms: '() => [[Math.floor(Math.random())]]' }, 'scenarios are pure: Math.random was called in rooms() or actions()'],
    [
      { actions: `() => [{ do: 'message', atMs: Math.random(), user: 0, to: 1 }]` },
      'scenarios are pure: Math.random was called in rooms() or actions()',
    ],
    [{ actions: `() => [{ do: 'message', atMs: times++, user: 0, to: 1 }]` }, 'actions()[0] is another one with the same seed'],
    [{ rooms: '() => [[0, 10]]' }, 'rooms()[0][1] must be a user from 0 to 9, not 10'],
    [{ rooms: '() => [[1, 1]]' }, 'rooms()[0] names somebody twice'],
    [{ devices: '() => 0' }, 'devices() must be a whole number from 1 on, not 0'],
  ] as const)('is refused before anything starts with what cannot be played: %o', async (changes, words) => {
    const { name, file } = fileWith(changes, 'let times = 0;');
    const request = await requestFor(file);
    expect(() => planOf(request)).toThrow(
      expect.objectContaining({ fault: 'usage', message: expect.stringContaining(`[${name}] ${words}`) }),
    );
  });

  it('must be called as its file is, and be there', async () => {
    const { file } = fileWith({ name: `'other'` });
    await expect(askedScenario(file)).rejects.toThrow(`calls itself "other"; rename the file to other.ts`);
    await expect(askedScenario('./nowhere.ts')).rejects.toThrow(/cannot read .*nowhere\.ts; give the path of a scenario file/);
    await expect(askedScenario('drect')).rejects.toThrow(/there is no scenario drect; did you mean direct\?.*or give the path of a file/);
  });
});

it('options are set by name, numbers stay numbers', async () => {
  const storm = await loadScenario('reconnect-storm');
  expect(scenarioOptions(storm, { jitter: '0.5' })).toEqual({ node: 1, jitter: 0.5 });
  expect(() => scenarioOptions(storm, { jiter: '1' })).toThrow('[reconnect-storm] has no option jiter; did you mean jitter?');
  expect(() => scenarioOptions(storm, { jitter: 'much' })).toThrow(
    '[reconnect-storm] option jitter is a number, not "much"; e.g. --set jitter=0',
  );
});
