import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type Wrong } from './judge.js';
import {
  type Fact,
  Ledger,
  type Outcome,
  type SocketName,
  type Stream,
  senderOf,
  socketName,
  streamOf,
  type Target,
  targetOf,
  userOf,
} from './ledger.js';
import type { LedgerRecord } from './ledgerRecord.js';
import type { Counts } from './result.js';

const graceMs = 10;
const people: ReadonlyMap<string, readonly string[]> = new Map([
  ['u:ann', ['ann']],
  ['u:bob', ['bob']],
  ['u:__proto__', ['__proto__']],
  ['r:1', ['ann', 'bob', '__proto__']],
]);
const members = (target: string) => people.get(target) ?? [];

const none: Counts = {
  sent: 0,
  rejected: 0,
  unanswered: 0,
  expected: 0,
  delivered: 0,
  lost: 0,
  duplicated: 0,
  misdelivered: 0,
  reordered: 0,
  uncertain: 0,
};

function ledgerFrom(facts: readonly Fact[]): Ledger {
  const ledger = new Ledger();
  for (const fact of facts) ledger.add(fact);
  return ledger;
}

function countsOf(...facts: readonly Fact[]): Counts {
  return judge(ledgerFrom(facts), { members, graceMs }).counts;
}

function examplesOf(what: Wrong, ...facts: readonly Fact[]): readonly string[] {
  return judge(ledgerFrom(facts), { members, graceMs }).examples[what];
}

const sent = (stream: Stream, sequence: number, atMs: number, outcome: Outcome = 'taken'): Fact => ({
  fact: 'sent',
  stream,
  sequence,
  atMs,
  outcome,
});
const got = (socket: SocketName, stream: Stream, sequence: number): Fact => ({ fact: 'received', socket, stream, sequence });
const connected = (socket: SocketName, atMs: number, askedAtMs = atMs): Fact => ({ fact: 'connected', socket, askedAtMs, atMs });
const left = (socket: SocketName, atMs: number): Fact => ({ fact: 'disconnectAsked', socket, atMs });
const cut = (socket: SocketName, atMs: number): Fact => ({ fact: 'disconnected', socket, atMs });

const toBob = streamOf('ann', 'u:bob');
const bob = socketName('bob', '0');
const online = connected(bob, 0);

describe('a message', () => {
  it('is delivered when it arrives', () => {
    expect(countsOf(online, sent(toBob, 1, 100), got(bob, toBob, 1))).toEqual({ ...none, sent: 1, expected: 1, delivered: 1 });
  });

  it('is lost when it was taken and does not arrive', () => {
    const facts = [online, sent(toBob, 1, 100), sent(toBob, 2, 101), got(bob, toBob, 2)];
    expect(countsOf(...facts)).toEqual({ ...none, sent: 2, expected: 2, delivered: 1, lost: 1 });
    expect(examplesOf('lost', ...facts)).toEqual(['message 1 of ann to u:bob did not reach bob/0']);
  });

  it('is duplicated for every time beyond the first', () => {
    const facts = [online, sent(toBob, 1, 100), got(bob, toBob, 1), got(bob, toBob, 1), got(bob, toBob, 1)];
    expect(countsOf(...facts)).toEqual({ ...none, sent: 1, expected: 1, delivered: 1, duplicated: 2 });
    expect(examplesOf('duplicated', ...facts)[0]).toBe('message 1 of ann to u:bob reached bob/0 more than once');
  });

  it('is expected on every socket of a user, apart', () => {
    const other = socketName('bob', '1');
    expect(countsOf(online, connected(other, 0), sent(toBob, 1, 100), got(other, toBob, 1))).toEqual({
      ...none,
      sent: 1,
      expected: 2,
      delivered: 1,
      lost: 1,
    });
  });

  it('to a room is expected by every member, the sender too', () => {
    const toRoom = streamOf('ann', 'r:1');
    const ann = socketName('ann', '0');
    expect(countsOf(online, connected(ann, 0), sent(toRoom, 1, 100), got(bob, toRoom, 1))).toEqual({
      ...none,
      sent: 1,
      expected: 2,
      delivered: 1,
      lost: 1,
    });
  });

  it('that was rejected is not expected, and misdelivered when it arrives', () => {
    expect(countsOf(online, sent(toBob, 1, 100, 'rejected'))).toEqual({ ...none, rejected: 1 });
    expect(countsOf(online, sent(toBob, 1, 100, 'rejected'), got(bob, toBob, 1))).toEqual({ ...none, rejected: 1, misdelivered: 1 });
  });

  it('of unknown outcome is uncertain until it arrives', () => {
    expect(countsOf(online, sent(toBob, 1, 100, 'unknown'))).toEqual({ ...none, unanswered: 1, uncertain: 1 });
    expect(countsOf(online, sent(toBob, 1, 100, 'unknown'), got(bob, toBob, 1))).toEqual({
      ...none,
      unanswered: 1,
      expected: 1,
      delivered: 1,
    });
  });

  it('that nobody sent is misdelivered, every time', () => {
    const facts = [online, sent(toBob, 1, 100), got(bob, toBob, 1), got(bob, toBob, 2), got(bob, toBob, 2), got(bob, 'eve u:bob', 1)];
    expect(countsOf(...facts)).toEqual({ ...none, sent: 1, expected: 1, delivered: 1, misdelivered: 3 });
  });

  it('that reaches somebody else is misdelivered there and lost here', () => {
    const ann = socketName('ann', '0');
    const facts = [online, connected(ann, 0), sent(toBob, 1, 100), got(ann, toBob, 1)];
    expect(countsOf(...facts)).toEqual({ ...none, sent: 1, expected: 1, lost: 1, misdelivered: 1 });
    expect(examplesOf('misdelivered', ...facts)).toEqual(['message 1 of ann to u:bob reached ann/0, which had no right to it']);
  });

  it('that cannot be read is misdelivered', () => {
    expect(countsOf(online, { fact: 'stray', socket: bob })).toEqual({ ...none, misdelivered: 1 });
  });

  it('is reordered when it arrives after a later one of its stream, and only of its stream', () => {
    const toRoom = streamOf('ann', 'r:1');
    const facts = [online, sent(toBob, 1, 1), sent(toBob, 2, 2), sent(toBob, 3, 3), sent(toRoom, 1, 4)];
    expect(countsOf(...facts, got(bob, toBob, 3), got(bob, toRoom, 1), got(bob, toBob, 1), got(bob, toBob, 2)).reordered).toBe(2);
  });
});

describe('a recipient who comes and goes', () => {
  it('must get what was sent when its connect was acknowledged, and need not get what was sent before', () => {
    expect(countsOf(connected(bob, 100, 80), sent(toBob, 1, 100))).toMatchObject({ lost: 1, uncertain: 0 });
    expect(countsOf(connected(bob, 100, 80), sent(toBob, 1, 99))).toMatchObject({ lost: 0, uncertain: 1 });
    expect(countsOf(connected(bob, 100, 80), sent(toBob, 1, 70))).toMatchObject({ lost: 0, uncertain: 1 });
    expect(countsOf(connected(bob, 100, 80), sent(toBob, 1, 69))).toMatchObject({ lost: 0, uncertain: 0 });
  });

  it('must get what was sent longer than the grace before it left', () => {
    expect(countsOf(online, left(bob, 200), sent(toBob, 1, 189))).toMatchObject({ lost: 1, uncertain: 0 });
    expect(countsOf(online, left(bob, 200), sent(toBob, 1, 190))).toMatchObject({ lost: 0, uncertain: 1 });
    expect(countsOf(online, cut(bob, 200), sent(toBob, 1, 210))).toMatchObject({ lost: 0, uncertain: 1 });
    expect(countsOf(online, cut(bob, 200), sent(toBob, 1, 211))).toMatchObject({ lost: 0, uncertain: 0 });
  });

  it('may get what was sent between', () => {
    expect(countsOf(online, left(bob, 200), sent(toBob, 1, 195), got(bob, toBob, 1))).toMatchObject({
      expected: 1,
      delivered: 1,
      misdelivered: 0,
    });
  });

  it('has no right to what was sent when it was certainly offline', () => {
    const facts = [online, left(bob, 200), connected(bob, 500, 490), sent(toBob, 1, 300), got(bob, toBob, 1)];
    expect(countsOf(...facts)).toEqual({ ...none, sent: 1, misdelivered: 1 });
    expect(countsOf(sent(toBob, 1, 300), got(bob, toBob, 1))).toEqual({ ...none, sent: 1, misdelivered: 1 });
  });

  it('is judged message by message within a stream', () => {
    const facts = [
      online,
      left(bob, 200),
      connected(bob, 500, 490),
      ...[100, 195, 300, 485, 600].map((atMs, index) => sent(toBob, index + 1, atMs)),
    ];
    expect(countsOf(...facts)).toEqual({ ...none, sent: 5, expected: 2, lost: 2, uncertain: 2 });
  });
});

it('refuses a message that two workers claim to have sent', () => {
  const ledger = ledgerFrom([sent(toBob, 1, 100)]);
  expect(() => ledger.merge(ledgerFrom([sent(toBob, 1, 100)]))).toThrow('two workers play the same user');
});

/* A small world drawn at random, and the same questions answered pair by pair, with no ranges and no merging. */

interface Told {
  readonly stream: Stream;
  readonly sequence: number;
  readonly atMs: number;
  readonly outcome: Outcome;
}
interface Visit {
  readonly asked: number;
  readonly from: number;
  readonly to: number | null;
  readonly cut: boolean;
}
interface World {
  readonly messages: readonly Told[];
  readonly visits: ReadonlyMap<SocketName, readonly Visit[]>;
  readonly deliveries: readonly { readonly socket: SocketName; readonly stream: Stream; readonly sequence: number }[];
  readonly strays: readonly SocketName[];
}

const users = ['ann', 'bob', '__proto__', 'eve'];
const targets: readonly Target[] = ['u:ann', 'u:bob', 'u:__proto__', 'r:1', 'r:nowhere'];
const sockets = users.flatMap((user) => ['0', '1'].map((device) => socketName(user, device)));
const anyStream = fc
  .record({ user: fc.constantFrom(...users), target: fc.constantFrom(...targets) })
  .map(({ user, target }) => streamOf(user, target));

const anyMessages = fc
  .array(
    fc.record({
      stream: anyStream,
      wait: fc.integer({ min: 0, max: 25 }),
      outcome: fc.constantFrom<Outcome>('taken', 'taken', 'taken', 'rejected', 'unknown'),
    }),
    { maxLength: 25 },
  )
  .map((drawn) => {
    let atMs = 0;
    const numbers = new Map<Stream, number>();
    return drawn.map(({ stream, wait, outcome }): Told => {
      atMs += wait;
      const sequence = (numbers.get(stream) ?? 0) + 1;
      numbers.set(stream, sequence);
      return { stream, sequence, atMs, outcome };
    });
  });

const anyVisits = fc
  .array(
    fc.record({
      away: fc.integer({ min: 1, max: 60 }),
      connecting: fc.integer({ min: 0, max: 20 }),
      stay: fc.integer({ min: 0, max: 150 }),
      cut: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .chain((drawn) => fc.boolean().map((open) => ({ drawn, open })))
  .map(({ drawn, open }): Visit[] => {
    let ms = -50;
    return drawn.map(({ away, connecting, stay, cut: wasCut }, index) => {
      const asked = ms + away;
      const from = asked + connecting;
      ms = from + stay;
      return { asked, from, to: open && index === drawn.length - 1 ? null : ms, cut: wasCut };
    });
  });

/** Mostly what was sent, to whom it was for, somewhat shuffled; and things that never happened. */
function anyDeliveries(messages: readonly Told[]): fc.Arbitrary<World['deliveries']> {
  const pairs = messages.flatMap(({ stream, sequence }) =>
    sockets.filter((socket) => members(targetOf(stream)).includes(userOf(socket))).map((socket) => ({ socket, stream, sequence })),
  );
  const bogus = fc.record({ socket: fc.constantFrom(...sockets), stream: anyStream, sequence: fc.integer({ min: 1, max: 6 }) });
  const right = fc.tuple(fc.shuffledSubarray(pairs), fc.subarray(pairs), fc.subarray(pairs)).map((parts) => parts.flat());
  return fc.tuple(right, fc.array(bogus, { maxLength: 4 })).map((parts) => parts.flat());
}

const anyWorld: fc.Arbitrary<World> = anyMessages.chain((messages) =>
  fc.record({
    messages: fc.constant(messages),
    visits: fc.tuple(...sockets.map(() => anyVisits)).map((all) => new Map(sockets.map((socket, index) => [socket, all[index] ?? []]))),
    deliveries: anyDeliveries(messages),
    strays: fc.array(fc.constantFrom(...sockets), { maxLength: 2 }),
  }),
);

function factsOf({ messages, visits, deliveries, strays }: World): Fact[] {
  return [
    ...messages.map(({ stream, sequence, atMs, outcome }) => sent(stream, sequence, atMs, outcome)),
    ...[...visits].flatMap(([socket, all]) =>
      all.flatMap(({ asked, from, to, cut: wasCut }) => [
        connected(socket, from, asked),
        ...(to === null ? [] : [wasCut ? cut(socket, to) : left(socket, to)]),
      ]),
    ),
    ...deliveries.map(({ socket, stream, sequence }) => got(socket, stream, sequence)),
    ...strays.map((socket): Fact => ({ fact: 'stray', socket })),
  ];
}

/** The oracle. */
function pairByPair({ messages, visits, deliveries, strays }: World): Counts {
  const counts = { ...none, misdelivered: strays.length };
  const mustHave = (socket: SocketName, ms: number) =>
    (visits.get(socket) ?? []).some(({ from, to }) => from <= ms && (to === null || to > ms + graceMs));
  const couldHave = (socket: SocketName, ms: number) =>
    (visits.get(socket) ?? []).some(({ asked, to }) => ms + graceMs >= asked && (to === null || ms <= to + graceMs));
  const isFor = (socket: SocketName, stream: Stream) => members(targetOf(stream)).includes(userOf(socket));
  deliveries.forEach(({ socket, stream, sequence }, index) => {
    const before = deliveries.slice(0, index).filter((other) => other.socket === socket && other.stream === stream);
    const message = messages.find((one) => one.stream === stream && one.sequence === sequence);
    const right = message !== undefined && message.outcome !== 'rejected' && isFor(socket, stream) && couldHave(socket, message.atMs);
    const again = before.some((other) => other.sequence === sequence);
    counts[!right ? 'misdelivered' : again ? 'duplicated' : 'delivered']++;
    const known = messages.some((one) => one.stream === stream) && isFor(socket, stream);
    if (known && before.some((other) => other.sequence > sequence)) counts.reordered++;
  });
  for (const { stream, sequence, atMs, outcome } of messages) {
    counts[outcome === 'taken' ? 'sent' : outcome === 'rejected' ? 'rejected' : 'unanswered']++;
    for (const socket of sockets) {
      if (outcome === 'rejected' || !isFor(socket, stream) || !couldHave(socket, atMs)) continue;
      if (deliveries.some((one) => one.socket === socket && one.stream === stream && one.sequence === sequence)) continue;
      counts[outcome === 'taken' && mustHave(socket, atMs) ? 'lost' : 'uncertain']++;
    }
  }
  return { ...counts, expected: counts.delivered + counts.lost };
}

/** Equal for equal sums: a record without the order in which things were first heard of. */
function canonical(ledger: Ledger): unknown {
  const record: LedgerRecord = JSON.parse(JSON.stringify(ledger));
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return {
    sinceMs: record.sinceMs,
    sent: [...record.sent].sort(byText),
    sockets: record.sockets
      .map((socket) => ({
        ...socket,
        connects: [...socket.connects].sort(byText),
        endsMs: [...socket.endsMs].sort(byText),
        receipts: [...socket.receipts].sort(byText),
      }))
      .sort((a, b) => byText(a.socket, b.socket)),
  };
}

function merged(...parts: readonly Ledger[]): Ledger {
  const whole = new Ledger();
  for (const part of parts) whole.merge(part);
  return whole;
}

const workers = 3;
const anyCut = fc.array(fc.integer({ min: 0, max: workers - 1 }), { minLength: 1, maxLength: 50 });

describe('any world', () => {
  it('is judged as the oracle judges it, pair by pair', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const { counts } = judge(ledgerFrom(factsOf(world)), { members, graceMs });
        expect(counts).toEqual(pairByPair(world));
        expect(counts.delivered + counts.duplicated + counts.misdelivered).toBe(world.deliveries.length + world.strays.length);
      }),
      { numRuns: 500 },
    );
  });

  it('gives examples exactly where there is something to tell', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const { counts, examples } = judge(ledgerFrom(factsOf(world)), { members, graceMs });
        for (const what of ['lost', 'duplicated', 'misdelivered'] as const) expect(examples[what].length > 0).toBe(counts[what] > 0);
      }),
    );
  });

  it('survives its record', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const ledger = ledgerFrom(factsOf(world));
        const again = Ledger.of(JSON.parse(JSON.stringify(ledger)));
        expect(canonical(again)).toEqual(canonical(ledger));
        expect(judge(again, { members, graceMs })).toEqual(judge(ledger, { members, graceMs }));
      }),
    );
  });

  it('is the same for one worker and for several, however senders and sockets are shared out and in whatever order they report', () => {
    fc.assert(
      fc.property(anyWorld, anyCut, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (world, shares, order) => {
        const parts = Array.from({ length: workers }, () => new Ledger());
        const ownerOf = (fact: Fact) =>
          fact.fact === 'sent' ? users.indexOf(senderOf(fact.stream)) + sockets.length : sockets.indexOf(fact.socket);
        for (const fact of factsOf(world)) parts[shares[ownerOf(fact) % shares.length] ?? 0]?.add(fact);
        const whole = merged(...order.map((index) => Ledger.of(JSON.parse(JSON.stringify(parts[index] ?? new Ledger())))));
        expect(canonical(whole)).toEqual(canonical(ledgerFrom(factsOf(world))));
        expect(judge(whole, { members, graceMs }).counts).toEqual(pairByPair(world));
      }),
    );
  });

  it('merges in any order and grouping, however the facts are cut', () => {
    fc.assert(
      fc.property(anyWorld, anyCut, (world, shares) => {
        const [a, b, c] = [new Ledger(), new Ledger(), new Ledger()];
        factsOf(world).forEach((fact, index) => {
          ([a, b, c][shares[index % shares.length] ?? 0] ?? a).add(fact);
        });
        expect(canonical(merged(a, b))).toEqual(canonical(merged(b, a)));
        expect(canonical(merged(merged(a, b), c))).toEqual(canonical(merged(a, merged(b, c))));
      }),
    );
  });
});

it('takes some tens of bytes per message even where nearly every message is a stream of its own', () => {
  const [ledger, people, messages] = [new Ledger(), 450, 200_000];
  const names = Array.from({ length: people }, (_, index) => `u${index}`);
  const numbers = new Map<Stream, number>();
  for (const name of names) ledger.add(connected(socketName(name, '0'), 0));
  for (let message = 0; message < messages; message++) {
    const to = names[(message * 7919 + (message >>> 10)) % people] ?? '';
    const stream = streamOf(names[(message * 31 + (message >>> 7)) % people] ?? '', `u:${to}`);
    const sequence = (numbers.get(stream) ?? 0) + 1;
    numbers.set(stream, sequence);
    ledger.add(sent(stream, sequence, 1_763_920_000_000 + message));
    ledger.add(got(socketName(to, '0'), stream, sequence));
  }
  expect(numbers.size).toBeGreaterThan(messages / 4);
  const text = JSON.stringify(ledger);
  const { counts } = judge(merged(Ledger.of(JSON.parse(text))), { members: (target) => [target.slice(2)], graceMs });
  expect(counts).toEqual({ ...none, sent: messages, expected: messages, delivered: messages });
  expect(text.length / messages).toBeLessThan(50);
});
