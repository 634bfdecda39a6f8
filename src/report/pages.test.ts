import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listStrategies } from '../plan/strategies.js';
import type { Strategy } from '../routing/types.js';
import { meetingOf } from './meeting.js';
import { meetingInWords } from './meetingWords.js';
import { exchangesOf, pagesCommand, strategyPages } from './pages.js';
import { pictureOf } from './picture.js';

const folder = 'docs/strategies';
let strategies: readonly Strategy[];
let pages: Awaited<ReturnType<typeof strategyPages>>;
beforeAll(async () => {
  strategies = await listStrategies();
  pages = await strategyPages(strategies);
});

describe('docs/strategies', () => {
  it(`is what \`${pagesCommand}\` writes, and holds no page of a strategy that is gone`, () => {
    const there = new Set(readdirSync(folder));
    const stale = pages.filter(({ path, content }) => !there.has(path) || readFileSync(join(folder, path), 'utf8') !== content);
    expect(stale.map(({ path }) => path)).toEqual([]);
    const ours = new Set([...pages.map(({ path }) => path), 'results.md', 'measure.sh']);
    expect(readdirSync(folder).filter((file) => !ours.has(file))).toEqual([]);
  });

  it('prints no cost for a form of rooms that the strategy does not run, and the subscriptions that an adapter makes', () => {
    const page = pages.find(({ path }) => path === 'adapter-sharded.md');
    expect(page?.content).toContain('| 4 nodes, 1 broker, 400 users | 408 | 1 in, 1 out | – | 1 in, D out |');
  });

  it('says whose word the messages handed out are, and how evenly topics spread where each has a broker', () => {
    const having = (words: string) => pages.filter(({ content }) => String(content).includes(words)).map(({ path }) => path);
    expect(having('Out is by the word of the nodes')).toEqual(['adapter-streams.md', 'redis-cluster.md']);
    expect(having('Max/mean load per broker')).toEqual(
      ['hashed', 'partition-ring', 'redis-sharded', 'rendezvous', 'ring'].map((name) => `${name}.md`),
    );
  });

  it('says of every strategy when to use it and when not', () => {
    const silent = strategies.filter(({ when }) => when === undefined);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

const asker = { name: 'asked', title: 'Asked', summary: 'asked' };

const mesh: Strategy = {
  ...asker,
  mesh: true,
  fit: (size) => ({ ...size, brokers: 1 }),
  brokers: () => [{ id: 'master', kind: 'hub' }],
  route: () => ({
    subscribe: (_topic, node) => [{ broker: node, channel: `n:${node}` }],
    publish: (_topic, { known }) => known,
    directory: () => ['master'],
  }),
};

const relaying: Strategy = {
  ...asker,
  brokers: () => ['c1', 'c2', 'c3'].map((id, _, all) => ({ id, kind: 'cluster', relaysTo: all.filter((other) => other !== id) })),
  route: () => ({
    subscribe: (_topic, node) => [{ broker: `c${node.slice(1)}`, channel: 'all' }],
    publish: (_topic, { node }) => [{ broker: `c${node.slice(1)}`, channel: 'all' }],
  }),
};

describe('the picture of a strategy', () => {
  it('follows one message by the functions of the strategy: through a mesh with a directory', () => {
    const meeting = meetingOf(mesh);
    expect(meeting.asked).toBe('master');
    expect(meeting.path).toEqual([{ from: 'n1', to: 'n2', as: 'useful' }]);
    expect(meetingInWords(meeting)).toBe(
      'ann on n1 writes to bob on n2. n1 asks master where bob is, and gets an answer. The message goes straight to n2.',
    );
    const picture = pictureOf(mesh);
    expect(picture.match(/class="asked" marker-end/g)).toHaveLength(2);
    // Around the master, which has no part in it: a curve, not a line through its box.
    expect(picture).toMatch(/class="useful" marker-end="url\(#useful\)" d="M\S+ \S+ C/);
  });

  it('through brokers that relay', () => {
    const meeting = meetingOf(relaying);
    expect(meeting.path.filter(({ as }) => as === 'relayed').map(({ from, to }) => `${from}-${to}`)).toEqual(['c1-c2', 'c1-c3']);
    expect(meeting.path.filter(({ as }) => as === 'wasted').map(({ to }) => to)).toEqual(['n1', 'n3']);
    expect(meetingInWords(meeting)).toContain(
      'published once, relayed twice from broker to broker and handed to 3 nodes, 2 of which have no use for it',
    );
    expect(pictureOf(relaying).match(/class="relayed" marker-end/g)).toHaveLength(2);
  });

  it('agrees with the rows: as many messages in and out as one direct message costs on three nodes', () => {
    const cost = (name: string) => {
      const { path } = meetingOf(strategies.find((strategy) => strategy.name === name) ?? mesh);
      const count = (...as: string[]) => path.filter((step) => as.includes(step.as)).length;
      return [count('published'), count('useful', 'wasted')];
    };
    expect(cost('hashed')).toEqual([1, 1]);
    expect(cost('single-channel')).toEqual([1, 3]);
    expect(cost('publish-all')).toEqual([3, 3]);
    expect(cost('user-channels-publish-all')).toEqual([3, 1]);
    expect(cost('grouped')).toEqual([2, 1]);
  });

  it('asks a third node where the directory is spread, and marks the node that has it', () => {
    const ofName = (name: string) => strategies.find((strategy) => strategy.name === name) ?? mesh;
    for (const name of ['directory-hash', 'node-inbox']) {
      const { asked, sender, recipient } = meetingOf(ofName(name));
      expect(new Set([asked, sender.node, recipient.node]).size).toBe(3);
      expect(pictureOf(ofName(name))).toMatch(new RegExp(`>${asked}: [a-z, ]+</text><text [^>]*>[a-z0-9 ]+, directory<`));
    }
    expect(pictureOf(ofName('mesh-replicated'))).toContain('>n1, directory<');
    expect(pictureOf(ofName('redis-broadcast'))).toContain('>4 channels at r1<');
    expect(pictureOf(ofName('adapter-streams'))).toContain('>2 channels at r1<');
  });

  it('looks into a broker that has exchanges: each is a box, and the way of the message leads through them to the queue of a node', async () => {
    const ofName = async (name: string) => {
      const strategy = strategies.find((one) => one.name === name) ?? mesh;
      const meeting = meetingOf(strategy, await exchangesOf(strategy));
      return { meeting, picture: pictureOf(strategy, meeting), words: meetingInWords(meeting) };
    };
    const hashed = await ofName('rabbitmq-hash');
    const [inside] = hashed.meeting.insides;
    expect(inside?.behind).toEqual(['x1', 'x2', 'x3']);
    // Every node is bound on every exchange, and one copy goes through one of them.
    expect(inside?.bound).toHaveLength(3 * 3);
    expect(inside?.taken).toEqual([{ exchange: expect.stringMatching(/^x[123]$/), node: 'n2' }]);
    for (const box of ['consistent hash', 'x1', 'x2', 'x3', 'queue n1', 'queue n2', 'queue n3'])
      expect(hashed.picture).toContain(`>${box}</text>`);
    expect(hashed.picture.match(/class="inside" marker-end/g)).toHaveLength(2);
    expect(hashed.picture.match(/class="binding" d="M\S+ \S+ L/g)).toHaveLength(3 + 3 * 3);
    expect(hashed.words).toContain(`the exchange ${inside?.taken[0]?.exchange} to the queue of n2.`);
    const direct = await ofName('rabbitmq');
    expect(direct.picture.match(/class="inside" marker-end/g)).toHaveLength(1);
    expect(direct.words).toContain('Inside rabbitmq it goes from the direct exchange to the queue of n2.');
    expect((await ofName('nats')).picture).not.toContain('class="inside"');
  });

  it('has a title and a description, refers to nothing outside itself, and knows light and dark', () => {
    for (const strategy of strategies) {
      const picture = pictureOf(strategy);
      expect(picture).toContain('role="img" aria-labelledby="title description"');
      expect(picture).toContain(`<desc id="description">${meetingInWords(meetingOf(strategy))}</desc>`);
      expect(picture).toContain('prefers-color-scheme: dark');
      expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|@import|NaN|undefined/);
    }
  });
});
