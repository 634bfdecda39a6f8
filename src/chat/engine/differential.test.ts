import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineName, engines } from '../../plan/types.js';
import type { RunningServer } from '../../transports/testing/redisServer.js';
import { mintToken } from '../signIn.js';
import { frameBytes, textFrame } from '../testing/frames.js';
import { PlainClient } from '../testing/plainClient.js';
import { startRedis } from '../testing/redis.js';
import { noBroker, World, type WorldPlan } from '../testing/world.js';

/** What one engine made of a scene: what was seen, and what the node counted. */
type Scene = (stage: Stage) => Promise<unknown>;

interface Stage {
  readonly world: World;
  plain(user: string): Promise<PlainClient>;
}

const hot = (id: number, text: string, to = 'bob') => `42${id}["message",{"to":"${to}","text":"${text}"}]`;
const probe = (id: number, text: string, to = 'bob') => `42${id}["probe",{"to":"${to}","text":"${text}"}]`;
const text = (payload: string) => textFrame(payload);

describe('both engines', () => {
  let store: RunningServer;

  beforeAll(async () => {
    store = await startRedis();
  });
  afterAll(() => store.stop());

  async function played(engine: EngineName, plan: Partial<WorldPlan>, scene: Scene) {
    const world = await World.start({ nodes: 1, brokerPort: store.port, storePort: store.port, route: noBroker, ...plan, engine });
    const clients: PlainClient[] = [];
    const plain = async (user: string) => {
      const client = await PlainClient.signedIn(world.url(0), await mintToken(user, '0', world.tokenKey));
      clients.push(client);
      return client;
    };
    try {
      expect(world.node(0).engine).toEqual({ name: engine, fallback: null });
      const seen = await scene({ world, plain });
      for (const client of clients) client.close();
      await expect.poll(() => world.node(0).snapshot().connections).toBe(0);
      await world.settle();
      const { kinds, refused, slowReadersCut, subscribes, unsubscribes } = world.node(0).snapshot();
      return { seen, counted: { kinds, refused, slowReadersCut, subscribes, unsubscribes } };
    } finally {
      await world.stop();
    }
  }

  async function expectEqual(scene: Scene, plan: Partial<WorldPlan> = {}) {
    const [fast, reference] = [await played('fast', plan, scene), await played('socket.io', plan, scene)];
    expect(fast).toEqual(reference);
    return reference;
  }

  /** What ann heard who sent these bytes in one write, what cid heard who sent them in pieces, and what bob heard. */
  async function sent(...bytes: readonly Buffer[]): Promise<ReturnType<typeof expectEqual>> {
    return expectEqual(async ({ world, plain }) => {
      const [ann, bob] = [await plain('ann'), await plain('bob')];
      ann.send(...bytes);
      const heard = await allHeard(world, ann);
      const slow = await plain('cid');
      await slow.sendApart(piecesOf(Buffer.concat(bytes)));
      return { heard, inPieces: await allHeard(world, slow), bob: await bob.over() };
    });
  }

  const pushed = (texts: readonly string[]) => texts.map((each) => expect.stringContaining(`"text":"${each}"`));

  test('messages, hot and not, in one write: taken in their order', async () => {
    const { seen } = await sent(
      text(hot(1, 'a')),
      text(probe(2, 'b')),
      text(hot(3, 'c')),
      text(hot(4, 'd')),
      text(probe(5, 'e')),
      text(hot(6, 'f')),
    );
    expect(seen).toMatchObject({ bob: pushed(['a', 'b', 'c', 'd', 'e', 'f', 'a', 'b', 'c', 'd', 'e', 'f']) });
  });

  test('one that is split anywhere', async () => {
    const bytes = text(hot(1, 'split ünd 👋'));
    const pieces = Array.from({ length: bytes.length - 1 }, (_, end) => [bytes.subarray(0, end + 1), bytes.subarray(end + 1)]);
    const { seen } = await expectEqual(async ({ plain }) => {
      const [ann, bob] = [await plain('ann'), await plain('bob')];
      await ann.sendApart(pieces.flat());
      return { ann: await ann.over(), bob: (await bob.over()).length };
    });
    expect(seen).toMatchObject({ bob: bytes.length - 1 });
  });

  test.each<[string, readonly Buffer[]]>([
    [
      'fragments with a ping between',
      [
        frameBytes({ payload: hot(1, 'x').slice(0, 9), final: false }),
        frameBytes({ payload: 'p', opcode: 9 }),
        frameBytes({ payload: hot(1, 'x').slice(9), opcode: 0 }),
        text(hot(2, 'y')),
      ],
    ],
    ['a length in its longest form', [frameBytes({ payload: hot(1, 'x'), longForm: true })]],
    ['more than the fast way takes', [text(hot(1, 'x'.repeat(5_000))), text(hot(2, 'y'))]],
    ['a longer text than an event may hold, in a shorter one of UTF-8', [text(hot(1, 'ü'.repeat(40_000))), text(hot(2, 'y'))]],
    ['no acknowledgement asked for', [text('42["message",{"to":"bob","text":"x"}]')]],
    [
      'acknowledgements with ids of many digits',
      [
        text('420007["message",{"to":"bob","text":"x"}]'),
        text(`42${'9'.repeat(15)}["message",{"to":"bob","text":"x"}]`),
        text(`42${'9'.repeat(30)}["message",{"to":"bob","text":"x"}]`),
      ],
    ],
    [
      'escapes',
      [
        text(String.raw`421["mess\u0061ge",{"to":"bob","text":"x"}]`),
        text(String.raw`422["message",{"\u0074o":"b\u006fb","text":"\"\\\/\b\f\n\r\t\ud83d\ude00\ud800"}]`),
      ],
    ],
    [
      'white space and double keys',
      [text('421["message" , {"to":"eve","text":"x"}]'), text('422["message", { "to":"eve","to":"bob", "text":"x" } ] ')],
    ],
    [
      'fields that are too many, too few or of another type',
      [
        text('421["message",{"to":"bob","text":"x","more":{"deep":[1]}}]'),
        text('422["message",{"to":"bob"}]'),
        text('423["message",{"to":["bob"],"text":"x"}]'),
        text('424["message",{"to":"b b","text":"x"}]'),
        text('425["message",{"to":"bob","text":7}]'),
        text('426["message",{"__proto__":{"to":"bob"},"text":"x"}]'),
      ],
    ],
    [
      'other arguments',
      [
        text('421["message",null]'),
        text('422["message",[]]'),
        text('423["message",{"to":"bob","text":"x"},1]'),
        text('424["message","x"]'),
        text('425["message",{"_placeholder":true,"num":0}]'),
      ],
    ],
    ['a room nobody knows', [text('421["post",{"room":"den","text":"x"}]'), text(hot(2, 'y'))]],
    ['a second sign-in', [text(hot(1, 'x')), text('40{"token":"x"}'), text(hot(2, 'y'))]],
    ['another namespace', [text('42/admin,1["message",{"to":"bob","text":"x"}]'), text(hot(2, 'y'))]],
    ['a binary event that never comes whole', [text('451-1["message",{"_placeholder":true,"num":0}]'), text(hot(2, 'y'))]],
    ['JSON that is none', [text('421["message",{"to":"bob",}]'), text(hot(2, 'y'))]],
    ['JSON that goes on after its end', [text('421["message",{"to":"bob","text":"x"}]]'), text(hot(2, 'y'))]],
    [
      'bytes that are not UTF-8',
      [
        frameBytes({ payload: Buffer.from('3432315b226d657373616765222c7b22746f223a22626f62222c2274657874223a22ff227d5d', 'hex') }),
        text(hot(2, 'y')),
      ],
    ],
    [
      'half of a surrogate pair in UTF-8',
      [
        frameBytes({
          payload: Buffer.concat([Buffer.from('421["message",{"to":"bob","text":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}]')]),
        }),
      ],
    ],
    [
      'a hot one within the fragments of another',
      [frameBytes({ payload: '421["mess', final: false }), text(hot(2, 'y')), frameBytes({ payload: 'age"]', opcode: 0 })],
    ],
    ['no mask', [frameBytes({ payload: hot(1, 'x'), masked: false }), text(hot(2, 'y'))]],
    ['a bit of an extension', [frameBytes({ payload: hot(1, 'x'), reserved: 0x40 }), text(hot(2, 'y'))]],
    ['a binary frame', [frameBytes({ payload: hot(1, 'x'), opcode: 2 }), text(hot(2, 'y'))]],
    ['a reserved opcode', [frameBytes({ payload: hot(1, 'x'), opcode: 5 }), text(hot(2, 'y'))]],
    ['more than an event may have', [text(hot(1, 'x'.repeat(70_000))), text(hot(2, 'y'))]],
    ['a message of Engine.IO that is none', [text('9'), text(hot(2, 'y'))]],
    ['an answer to no ping, and a ping', [text('3'), text(hot(1, 'x')), text('2'), text(hot(2, 'y'))]],
    ['an empty message', [text(''), text('4'), text(hot(2, 'y'))]],
  ])('%s', async (_title, bytes) => {
    await sent(...bytes);
  });

  test('a client that leaves the namespace, closes or ends right after a message: the message is taken, and nobody is told after the end', async () => {
    const endings: readonly ((client: PlainClient) => void)[] = [
      (client) => client.send(text(hot(1, 'x')), text('41'), text(hot(2, 'y'))),
      (client) => client.send(text(hot(1, 'x')), frameBytes({ payload: Buffer.from([0x03, 0xe8]), opcode: 8 }), text(hot(2, 'y'))),
      (client) => client.tcp.end(text(hot(1, 'x'))),
      (client) => client.tcp.end(Buffer.concat([text(hot(1, 'x')), text(hot(2, 'y')).subarray(0, 20)])),
    ];
    for (const end of endings) {
      const { seen } = await expectEqual(async ({ plain }) => {
        const [ann, bob] = [await plain('ann'), await plain('bob')];
        end(ann);
        await ann.gone();
        const closes = ann.heard.filter((heard) => heard.startsWith('close'));
        expect(closes).toEqual(ann.heard.slice(ann.heard.length - closes.length));
        return { closes, bob: await bob.over() };
      });
      expect(seen).toMatchObject({ bob: pushed(['x']) });
    }
  });

  test('what comes before the sign-in, with it and right after it', async () => {
    await expectEqual(async ({ world }) => {
      const token = await mintToken('ann', '0', world.tokenKey);
      const connect = text(`40${JSON.stringify({ token })}`);
      const heard: unknown[] = [];
      for (const bytes of [[text(hot(1, 'x'))], [connect, text(hot(1, 'x'))], [frameBytes({ payload: 'p', opcode: 9 }), connect]]) {
        const client = await PlainClient.connect(world.url(0));
        client.send(...bytes);
        await client.until(() => client.closed || client.heard.some((each) => each.startsWith('40')));
        heard.push(client.heard.slice(2).map((each) => each.replace(/"sid":"[^"]+"/, '"sid":"?"')));
        client.close();
      }
      return heard;
    });
  });

  test('frames that come with the request, compression that is offered, headers that are huge, a request that never ends', async () => {
    const { seen } = await expectEqual(async ({ world }) => {
      const url = world.url(0);
      const hasty = PlainClient.dial(url);
      hasty.tcp.write(Buffer.concat([Buffer.from(hasty.request(new URL(url), [])), text('40{}'), text(hot(1, 'x'))]));
      await hasty.until(() => hasty.heard.length === 2);
      hasty.say('40{}');
      await hasty.until(() => hasty.heard.length > 2);
      const offering = await PlainClient.connect(url, ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits']);
      const huge = await PlainClient.connect(url, [`X-Huge: ${'x'.repeat(20_000)}`]);
      const endless = PlainClient.dial(url);
      await endless.sendApart([Buffer.from('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: webs')]);
      for (const client of [hasty, offering, huge, endless]) client.close();
      return [hasty, offering, huge, endless].map(({ heard }) => heard.map((each) => each.replace(/"sid":"[^"]+"/, '"sid":"?"')));
    });
    expect(seen).toMatchObject(
      [
        [expect.stringContaining('101 Switching')],
        [expect.not.stringContaining('permessage-deflate')],
        [expect.stringContaining('431')],
        [],
      ].map((heads) => (heads.length === 0 ? [] : expect.arrayContaining(heads))),
    );
  });

  test('limits: so many events at once, and no more', async () => {
    const { counted } = await expectEqual(
      async ({ plain }) => {
        const ann = await plain('ann');
        ann.say(...Array.from({ length: 8 }, (_, id) => (id % 3 === 2 ? probe(id, 'x') : hot(id, 'x'))));
        return ann.over();
      },
      { limits: { eventsPerSecond: 0.001, eventsBurst: 5 } },
    );
    expect(counted.refused).toEqual({ 'too many events': 5 });
  });

  test.each(engines)('a client that does not read is cut, and nobody else suffers: %s', async (engine) => {
    const read = async ({ world, plain }: Stage) => {
      const [ann, bob, slow] = [await plain('ann'), await plain('bob'), await plain('slow')];
      slow.tcp.pause();
      for (let round = 100; world.node(0).snapshot().slowReadersCut === 0; round++) {
        ann.say(...Array.from({ length: 100 }, (_, id) => hot(id, 'x'.repeat(3_000), 'slow')), hot(round, 'z'));
        await ann.until(() => ann.heard.some((heard) => heard.startsWith(`43${round}`)));
      }
      expect(world.node(0).snapshot()).toMatchObject({ slowReadersCut: 1, connections: 2 });
      return { bob: new Set(await bob.over()).size > 0, ann: ann.heard.every((heard) => heard.includes('"ok":true')) };
    };
    expect((await played(engine, { limits: { unsentBytes: 200_000 } }, read)).seen).toEqual({ bob: true, ann: true });
  });
});

/** All that follows from what a client sent, also where the node has to ask its store. */
async function allHeard(world: World, client: PlainClient): Promise<readonly string[]> {
  await client.over();
  await world.settle();
  return client.over();
}

/** Byte by byte, and of long ones the first and last bytes so. */
function piecesOf(bytes: Buffer): readonly Buffer[] {
  const single = (from: number, to: number) => [...bytes.subarray(from, to)].map((byte) => Buffer.from([byte]));
  if (bytes.length <= 400) return single(0, bytes.length);
  return [...single(0, 200), bytes.subarray(200, bytes.length - 200), ...single(bytes.length - 200, bytes.length)];
}
