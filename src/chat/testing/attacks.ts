import fc from 'fast-check';
import type { Attack } from './attacker.js';

export interface Tokens {
  /** Of a real user, who has nothing to do with the bystanders. */
  readonly good: string;
  /** Forged, expired, of another issuer, ... */
  readonly bad: readonly string[];
}

const events = [
  'message',
  'probe',
  'post',
  'room:create',
  'room:add',
  'room:remove',
  'room:list',
  'room:members',
  'presence',
  'watch',
  'unwatch',
  'sync',
];
const strangeEvents = ['bye', 'error', 'connect', 'disconnect', 'newListener', '__proto__', 'constructor', '', 5, null, [], {}];
const hostileIds = [
  ['bob'],
  { bob: 1 },
  null,
  5,
  true,
  '',
  'u:bob',
  'r:den',
  '*',
  '{den}',
  'bob\n',
  'bob\u0000',
  '../bob',
  'x'.repeat(65),
  'ｂｏｂ',
  'bob cid',
  'bench:run:u:bob',
];
const deep = '['.repeat(20_000) + ']'.repeat(20_000);
const proto = '{"__proto__":{"to":"bob","room":"den","user":"bob","text":"hi"}}';

const id = fc.constantFrom<unknown>(...hostileIds);
const ids = fc.oneof(id, fc.array(id, { minLength: 1 }));
/** Well formed, but of things that this user may not touch or that are not there. */
const foreignRoom = fc.constantFrom('den', 'nowhere', '__proto__', 'constructor');
const text = fc.oneof(fc.string(), fc.constantFrom<unknown>(null, 5, [], {}, ['hi'], '\ud800', '2["message",{}]'));

const payload = fc.oneof(
  fc.record({ to: id, text, room: id, user: id, users: ids, members: ids }).map((value) => JSON.stringify(value)),
  fc.record({ room: foreignRoom, text: fc.string(), user: fc.constantFrom('mallory', 'bob') }).map((value) => JSON.stringify(value)),
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  fc.constantFrom(proto, deep, `{"to":${deep},"text":"hi"}`, JSON.stringify({ to: ['bob'], text: 'x'.repeat(50_000) })),
);

/** Events that are never valid messages to a bystander: with and without a callback, a payload, and arguments too many. */
const event = fc
  .tuple(
    fc.constantFrom<unknown>(...events, ...strangeEvents),
    fc.constantFrom('', '7', '7', '7', '99999999999999999999', '-1'),
    fc.array(payload, { maxLength: 3 }),
  )
  .filter(
    ([name, , payloads]) => name !== 'room:create' || payloads.every((value) => !value.includes('"den"') && !value.includes('"nowhere"')),
  )
  .map(([name, callback, payloads]) => `42${callback}[${[JSON.stringify(name), ...payloads].join(',')}]`);

const binary = fc.constantFrom<readonly (string | Buffer)[]>(
  ['451-["message",{"_placeholder":true,"num":0}]', Buffer.from('bob')],
  ['451-7["message",{"to":{"_placeholder":true,"num":0},"text":"hi"}]', Buffer.from('bob')],
  ['451-["message",{"_placeholder":true,"num":5}]', Buffer.from('bob')],
  [`451-["message",${deep},{"_placeholder":true,"num":0}]`, Buffer.from('bob')],
  ['4599999-["message"]'],
  ['451-["message",{"_placeholder":true,"num":0}]'],
  [Buffer.from('bob')],
  [Buffer.alloc(0)],
);

const rubbish = fc.oneof(
  fc.string().map((words) => [words]),
  fc.string().map((words) => [`4${words}`]),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => [Buffer.from(bytes)]),
  fc.constantFrom(
    [''],
    ['2'],
    ['3'],
    ['2probe'],
    ['5'],
    ['6'],
    ['0{}'],
    ['1'],
    ['41'],
    ['42'],
    ['427'],
    ['43'],
    ['437[]'],
    ['44"x"'],
    ['48'],
    ['42[]'],
  ),
  fc.constantFrom([`42["message","${'x'.repeat(70_000)}"]`], ['42["message",'], ['40/admin,{}'], ['42/admin,["message",{}]']),
);

/** One sign-in after the other without waiting, each good or bad by itself. */
function connects(auth: string): fc.Arbitrary<readonly string[]> {
  return fc.array(fc.constantFrom(`40${auth}`, '40{}', '40/other,{}'), { minLength: 1, maxLength: 20 });
}

/** All the ways to be a nuisance, `count` of them, the same for the same seed. */
export function attacks(count: number, seed: number, { good, bad }: Tokens): readonly Attack[] {
  const auth = JSON.stringify({ token: good });
  const badAuth = fc.oneof(
    fc.constantFrom(...bad).map((token) => JSON.stringify({ token })),
    fc.constantFrom(
      '{}',
      '{"token":null}',
      '{"token":["a"]}',
      '{"token":{"length":5}}',
      '{"__proto__":{"token":1}}',
      '[]',
      'null',
      '5',
      '"x"',
      '{',
      '',
    ),
    fc.jsonValue().map((token) => JSON.stringify({ token })),
  );
  const attack: fc.Arbitrary<Attack> = fc.oneof(
    { weight: 10, arbitrary: event.map((frame) => ({ auth, frames: [frame] })) },
    { weight: 2, arbitrary: rubbish.map((frames) => ({ auth, frames })) },
    { weight: 2, arbitrary: binary.map((frames) => ({ auth, frames })) },
    { weight: 1, arbitrary: connects(auth).map((frames) => ({ auth: null, frames })) },
    { weight: 1, arbitrary: connects('{}').map((frames) => ({ auth, frames })) },
    { weight: 2, arbitrary: badAuth.map((token) => ({ auth: token, frames: [] })) },
    { weight: 1, arbitrary: rubbish.map((frames) => ({ auth: null, frames })) },
    { weight: 1, arbitrary: fc.constantFrom('http://evil.example', 'null', 'file://', '').map((origin) => ({ auth, origin, frames: [] })) },
  );
  return fc.sample(attack, { numRuns: count, seed });
}
