import { type Step, send } from '../testing/script.js';

export interface Case {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Takes out of a transcript what may differ between two servers that do the same. */
  readonly mask?: (received: string) => string;
}

type Request = readonly string[];

const everyByte = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));

/** Requests as a person types them: words between blanks, a bar between requests. */
function typed(...lines: readonly string[]): Request[] {
  return lines.flatMap((line) => line.split(' | ')).map((request) => request.split(' '));
}

function alone(title: string, ...lines: readonly string[]): Case {
  return { title, steps: [send('a', ...typed(...lines))] };
}

function broken(title: string, bytes: string): Case {
  return { title: `protocol: ${title}`, steps: [{ connection: 'a', bytes, closes: true }] };
}

function raw(title: string, bytes: string): Case {
  return { title: `protocol: ${title}`, steps: [{ connection: 'a', bytes }] };
}

function withoutIds(received: string): string {
  return received.replace(/(id\r\n:)\d+/g, '$1<id>');
}

export function sortedLines(received: string): string {
  return received.split('\r\n').sort().join('\r\n');
}

const connection: readonly Case[] = [
  alone('PING and ECHO', 'PING | ping hello | PING a b | ECHO x | ECHO | ECHO a b'),
  { title: 'binary ECHO', steps: [send('a', ['ECHO', everyByte], ['ECHO', ''], ['ECHO', 'x'.repeat(100_000)])] },
  alone('unknown commands', `FOO | FOO a b | FOO ${'a'.repeat(200)} b | ${'F'.repeat(200)} a | FOO a\r\nb | `),
  { title: 'an unknown command with many words', steps: [send('a', ['nope', ...Array.from({ length: 60 }, (_, i) => `w${i}`)])] },
  { title: 'HELLO', steps: [send('a', ...typed('HELLO | HELLO 2 | HELLO 3 | HELLO 2 SETNAME x AUTH default y'))], mask: withoutIds },
  alone('HELLO refused', 'HELLO 1 | HELLO 4 | HELLO x | HELLO 3 FOO | HELLO 2 AUTH a | HELLO 2 AUTH a b | HELLO 3 SETNAME'),
  { title: 'HELLO with a bad name changes nothing', steps: [send('a', ['HELLO', '3', 'SETNAME', 'a b'], ['CLIENT', 'GETNAME'])] },
  alone('AUTH', 'AUTH x | AUTH default x | AUTH ann x | AUTH a b c | AUTH'),
  alone('SELECT', 'SELECT 15 | DBSIZE | SELECT 16 | SELECT -1 | SELECT x | SELECT | SET k v | SELECT 0 | GET k | SELECT 15', 'DEL k'),
  { title: 'QUIT', steps: [{ ...send('a', ['PING'], ['QUIT', 'now'], ['PING']), closes: true }] },
  { title: 'QUIT in MULTI', steps: [{ ...send('a', ['MULTI'], ['QUIT']), closes: true }] },
  alone('RESET', 'CLIENT SETNAME x | SELECT 3 | MULTI | RESET | EXEC | CLIENT GETNAME | SUBSCRIBE a | RESET | GET k', 'RESET a'),
  alone('client names', 'CLIENT GETNAME | CLIENT SETNAME ann | CLIENT GETNAME | CLIENT SETNAME a\nb | CLIENT SETNAME', 'CLIENT GETNAME'),
  { title: 'an empty client name', steps: [send('a', ['CLIENT', 'SETNAME', 'x'], ['CLIENT', 'SETNAME', ''], ['CLIENT', 'GETNAME'])] },
  alone('CLIENT refused', 'CLIENT | CLIENT FOO | CLIENT ID x | CLIENT KILL | CLIENT KILL nobody:1 | CLIENT KILL ID 0', 'CLIENT KILL ID x'),
  alone(
    'CLIENT KILL filters',
    'CLIENT KILL ID 999999 | CLIENT KILL ADDR x | CLIENT KILL FOO x | CLIENT KILL TYPE x',
    'CLIENT KILL SKIPME x',
  ),
  alone('CLIENT KILL odd words', 'CLIENT KILL ID 1 ADDR | CLIENT KILL TYPE master | CLIENT KILL ID 999999 TYPE normal SKIPME no'),
  alone('CLIENT LIST refused', 'CLIENT LIST ID 999999 | CLIENT LIST ID x | CLIENT LIST TYPE | CLIENT LIST TYPE x | CLIENT LIST FOO'),
  {
    title: 'CLIENT KILL TYPE pubsub',
    steps: [send('b', ['SUBSCRIBE', 'c']), send('a', ['CLIENT', 'KILL', 'TYPE', 'pubsub'], ['PUBLISH', 'c', 'x'])],
  },
  { title: 'a client that kills itself', steps: [{ ...send('a', ['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'no']), closes: true }] },
  alone('INFO of an unknown section', 'INFO nothing | INFO nothing else'),
];

const keys: readonly Case[] = [
  alone('strings', 'SET k v | GET k | GET none | EXISTS k none k | TYPE k | TYPE none | DBSIZE | DEL k none | UNLINK k', 'GET k | DBSIZE'),
  { title: 'binary keys and values', steps: [send('a', ['SET', everyByte, everyByte], ['GET', everyByte], ['SET', '', ''], ['GET', ''])] },
  alone(
    'SET options',
    'SET k 1 NX | SET k 2 NX | GET k | SET k 3 XX | SET none 1 XX | SET k 4 nx ex 100 | SET k 5 EX 100',
    'TTL k | SET k 6 | TTL k',
  ),
  alone(
    'SET refused',
    'SET k | SET k v NX XX | SET k v EX | SET k v EX 0 | SET k v PX -1 | SET k v EX x | SET k v FOO',
    'SET k v EX 1 PX 1 | GET k',
  ),
  alone(
    'expiry',
    'SET k v | TTL k | TTL none | PTTL none | EXPIRE k 100 | TTL k | PEXPIRE k 5400 | TTL k | EXPIRE none 1',
    'EXPIRE k 0 | EXISTS k',
  ),
  alone('expiry in the past', 'SET k v | EXPIRE k -1 | GET k | SET k v | PEXPIRE k 0 | GET k | DBSIZE'),
  alone(
    'expiry refused',
    'EXPIRE k | EXPIRE k x | EXPIRE k 10 FOO | SET k v | EXPIRE k 9223372036854775 | EXPIRE k 1.5',
    'EXPIRE k 01 | EXPIRE k +1',
  ),
  alone(
    'sets',
    'SADD s a | SADD s a | SMEMBERS s | SISMEMBER s a | SISMEMBER s b | SCARD s | TYPE s | SREM s a b',
    'SCARD s | EXISTS s | SMEMBERS s',
  ),
  {
    title: 'set members in any order',
    steps: [send('a', ...typed('SADD s a b c a | SADD s c d | SMEMBERS s | SREM s a d x | SCARD s'))],
    mask: sortedLines,
  },
  alone('wrong types', 'SET k v | SADD k a | SREM k a | SMEMBERS k | SCARD k | SISMEMBER k a | SADD s a | GET s | SET s v', 'GET s'),
  alone(
    'arity',
    'GET | GET a b | DEL | UNLINK | EXISTS | SADD s | SREM s | SMEMBERS | SISMEMBER s | SCARD | TYPE',
    'DBSIZE x | TTL | SCAN',
  ),
  alone(
    'SCAN',
    'SCAN 0 | SET k v | SCAN 0 COUNT 100 | SCAN 0 MATCH x* | SCAN 0 match k* | SCAN 0 TYPE set',
    'SCAN 0 TYPE string | SCAN 0 TYPE foo',
  ),
  alone('SCAN refused', 'SCAN x | SCAN 0 COUNT 0 | SCAN 0 COUNT x | SCAN 0 FOO x | SCAN 0 MATCH | SCAN 0 COUNT'),
];

const transactions: readonly Case[] = [
  alone('EXEC', 'MULTI | SET k v | GET k | SADD k a | GET none | EXEC | GET k'),
  alone('an empty EXEC', 'MULTI | EXEC'),
  alone('DISCARD', 'MULTI | SET k v | DISCARD | GET k'),
  alone('an unknown command in MULTI', 'MULTI | SET k v | FOO | EXEC | GET k | EXEC'),
  alone('wrong arity in MULTI', 'MULTI | GET | SET k v | EXEC | GET k'),
  alone('an unknown subcommand in MULTI', 'MULTI | CLIENT FOO | EXEC'),
  alone('wrong places', 'EXEC | DISCARD | MULTI | MULTI | EXEC | EXEC a | MULTI | EXEC a | PING | MULTI x | DISCARD x'),
  alone('publishing in MULTI', 'MULTI | PUBLISH c x | PING | EXEC'),
  alone('subscribing in MULTI', 'MULTI | SUBSCRIBE a b | PUBLISH a x | UNSUBSCRIBE a | EXEC'),
  alone('commands that fail in EXEC', 'MULTI | SELECT 99 | CLIENT GETNAME | EXEC'),
];

const pubSub: readonly Case[] = [
  {
    title: 'messages and receipts',
    steps: [
      send('a', ['SUBSCRIBE', 'c', 'd']),
      send('b', ['SUBSCRIBE', 'c'], ['SUBSCRIBE', 'c']),
      send('p', ['PUBLISH', 'c', 'one'], ['PUBLISH', 'd', 'two'], ['PUBLISH', 'e', 'three']),
      send('a', ['UNSUBSCRIBE', 'c']),
      send('p', ['PUBLISH', 'c', 'four'], ['PUBLISH', 'd', '']),
    ],
  },
  {
    title: 'patterns, also beside the same channel',
    steps: [
      send('a', ['PSUBSCRIBE', 'n*'], ['SUBSCRIBE', 'news']),
      send('b', ['PSUBSCRIBE', 'n?ws', 'n[a-f]ws', 'x\\*']),
      send('p', ['PUBLISH', 'news', '1'], ['PUBLISH', 'nows', '2'], ['PUBLISH', 'x*', '3'], ['PUBLISH', 'xy', '4'], ['PUBSUB', 'NUMPAT']),
      send('a', ['PUNSUBSCRIBE', 'n*'], ['PUNSUBSCRIBE', 'none']),
      send('p', ['PUBLISH', 'news', '5'], ['PUBSUB', 'NUMPAT']),
    ],
    mask: sortedLines,
  },
  {
    title: 'binary channels and payloads',
    steps: [send('a', ['SUBSCRIBE', everyByte]), send('p', ['PUBLISH', everyByte, everyByte], ['PUBLISH', everyByte, 'x'.repeat(300_000)])],
  },
  alone('leaving what was never joined', 'UNSUBSCRIBE | PUNSUBSCRIBE | UNSUBSCRIBE x | PUNSUBSCRIBE x | GET k'),
  alone('leaving everything', 'SUBSCRIBE a | PSUBSCRIBE p | UNSUBSCRIBE | PUNSUBSCRIBE | GET k | UNSUBSCRIBE'),
  {
    title: 'leaving several at once',
    steps: [send('a', ...typed('SUBSCRIBE a b c | UNSUBSCRIBE')), send('b', ['PUBLISH', 'b', 'x'])],
    mask: sortedLines,
  },
  alone(
    'what a subscriber may say',
    'SUBSCRIBE a | PING | PING x | GET k | PUBLISH a x | CLIENT ID x | FOO | GET | MULTI | HELLO 4 | ECHO x',
    'RESET | PING',
  ),
  alone('a pattern subscriber', 'PSUBSCRIBE a | PING | SET k v | CLIENT GETNAME | PUNSUBSCRIBE a | SET k v'),
  {
    title: 'QUIT of a subscriber',
    steps: [{ ...send('a', ['SUBSCRIBE', 'a'], ['QUIT']), closes: true }, send('b', ['PUBLISH', 'a', 'x'])],
  },
  {
    title: 'PUBSUB',
    steps: [
      send('a', ['SUBSCRIBE', 'news'], ['PSUBSCRIBE', 'p*']),
      send(
        'p',
        ...typed('PUBSUB CHANNELS | PUBSUB CHANNELS n* | PUBSUB CHANNELS x* | PUBSUB NUMSUB news none | PUBSUB NUMSUB', 'PUBSUB NUMPAT'),
      ),
      send('p', ...typed('PUBSUB | PUBSUB FOO | PUBSUB NUMPAT x | PUBSUB channels a b')),
    ],
  },
  alone('arity of publish and subscribe', 'PUBLISH | PUBLISH c | PUBLISH c m x | SUBSCRIBE | PSUBSCRIBE'),
];

const protocol: readonly Case[] = [
  raw('inline', 'PING\r\nPING\n  ECHO   x  \r\n\r\n\n SET k "a b\\x41\\n\\"" \r\nGET k\r\n'),
  raw('inline quotes', "ECHO 'a\\'b\\n'\r\nECHO a\"b c\"\r\nECHO \"\"\r\nECHO ''\r\nECHO a'b'\r\nECHO \"\\q\\x4\\xzz\"\r\n"),
  raw('inline errors', 'FOO a b\r\nGET\r\n"" x\r\n'),
  raw('empty arrays', '*0\r\n*-1\r\n*-5\r\n'),
  raw('any byte for the line feed', '*1\rx$4\rxPINGxx*1\r\n$4\r\nPING\r\n'),
  broken('unbalanced double quotes', 'PING "a\r\n'),
  broken('unbalanced single quotes', "PING 'a\r\n"),
  broken('a backslash before the closing single quote', "PING 'a\\'\r\n"),
  broken('a quote inside a word', 'PING "a"b\r\n'),
  broken('an open quote inside a word', 'PING ab"c\r\n'),
  broken('text behind a quote inside a word', 'PING a"b"c\r\n'),
  broken('no dollar', '*1\r\nPING\r\n'),
  broken('an empty length line', '*1\r\n\r\n'),
  broken('a negative bulk length', '*1\r\n$-1\r\n'),
  broken('a bulk length with rubbish', '*1\r\n$4x\r\nPING\r\n'),
  broken('a huge bulk length', '*2\r\n$4\r\nECHO\r\n$536870913\r\n'),
  broken('a bulk length beyond any number', `*1\r\n$${'9'.repeat(40)}\r\n`),
  broken('a huge count', '*2147483648\r\n'),
  broken('a count that is none', '*x\r\n'),
  broken('a count with a zero before it', '*01\r\n'),
  broken('a count with a plus', '*+1\r\n'),
  broken('good requests before the bad one', '*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n*1\r\n!\r\nPING\r\n'),
  broken('an endless inline request', 'x'.repeat(65_537)),
  broken('an endless count', `*${'1'.repeat(65_537)}`),
  broken('an endless bulk length', `*1\r\n$${'1'.repeat(65_537)}`),
];

export const cases: readonly Case[] = [...connection, ...keys, ...transactions, ...pubSub, ...protocol];
