import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEvent, receivedOf } from './events.js';

const acknowledge = () => {};

test('a good event passes whole', () => {
  const received = receivedOf(['message', { to: 'ann', text: 'hi' }, acknowledge]);
  expect(received.acknowledge).toBe(acknowledge);
  expect(parseEvent(received, 10)).toEqual({ event: 'message', payload: { to: 'ann', text: 'hi' } });
});

test.each<[string, readonly unknown[], string]>([
  ['no name', [acknowledge], 'unknown event'],
  ['nothing at all', [], 'unknown event'],
  ['a number as name', [5, {}, acknowledge], 'unknown event'],
  ['a name of Object', ['constructor', {}, acknowledge], 'unknown event'],
  ['no callback', ['message', { to: 'ann', text: 'hi' }], 'no callback'],
  ['no payload', ['message', acknowledge], 'no payload'],
  ['null', ['message', null, acknowledge], 'no payload'],
  ['an array', ['message', ['ann', 'hi'], acknowledge], 'no payload'],
  ['bytes', ['room:list', Buffer.from('x'), acknowledge], 'no payload'],
  ['extra arguments', ['message', { to: 'ann', text: 'hi' }, 1, acknowledge], 'extra arguments'],
  ['an array as id', ['message', { to: ['ann'], text: 'hi' }, acknowledge], 'not an id'],
  ['a channel as id', ['message', { to: 'u:ann', text: 'hi' }, acknowledge], 'not an id'],
  ['an id with a line end', ['message', { to: 'ann\n', text: 'hi' }, acknowledge], 'not an id'],
  ['fields of the prototype', ['message', JSON.parse('{"__proto__":{"to":"ann","text":"hi"}}'), acknowledge], 'not an id'],
  ['a long text', ['message', { to: 'ann', text: 'x'.repeat(11) }, acknowledge], 'not a text'],
  ['members that are no list', ['room:create', { room: 'r', members: { length: 1, 0: 'ann' } }, acknowledge], 'not an id'],
  ['a member that is no id', ['room:create', { room: 'r', members: ['ann', 5] }, acknowledge], 'not an id'],
])('refuses %s', (_what, args, reason) => {
  expect(parseEvent(receivedOf(args), 10)).toBe(reason);
});

test('never throws, whatever JSON can hold', () => {
  const name = fc.oneof(fc.constantFrom('message', 'post', 'room:create', 'presence', '__proto__', 'toString'), fc.jsonValue());
  fc.assert(
    fc.property(
      name,
      fc.array(fc.oneof(fc.jsonValue(), fc.record({ to: fc.jsonValue(), room: fc.jsonValue(), text: fc.jsonValue() }))),
      (event, rest) => {
        const parsed = parseEvent(receivedOf([event, ...rest, acknowledge]), 10);
        return typeof parsed === 'string' ? parsed.length > 0 : parsed.event === event;
      },
    ),
  );
});
