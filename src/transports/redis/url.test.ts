import { describe, expect, it } from 'vitest';
import { BenchError } from '../../error.js';
import { maskUrl, parseRedisUrl, withoutPassword } from './url.js';

describe('the URL of a Redis', () => {
  it('says where it is and how to sign in', () => {
    const signedIn = { host: 'cache.example', port: 7001, username: 'ann', password: 'a/b@c', database: 2, tls: true };
    expect(parseRedisUrl('rediss://ann:a%2Fb%40c@cache.example:7001/2')).toEqual(signedIn);
    const plain = { host: '::1', port: 6379, username: '', password: '', database: 0, tls: false };
    expect(parseRedisUrl('redis://[::1]')).toEqual(plain);
  });

  it.each([
    ['http://localhost:6379', 'scheme http'],
    ['localhost', 'no URL'],
    ['redis://', 'no host'],
    ['redis://host:99999', 'no URL'],
    ['redis://host:1/two', 'no database number'],
    ['redis://host:1?enableOfflineQueue=true', 'after ? or #'],
    ['redis://:100%@host', 'begins no %XX'],
    ['redis://user:se/cret@host:1', 'no URL'],
    ['redis://user:12/cret@host:1', 'no database number'],
    ['redis://user:12?cret@host:1', 'after ? or #'],
  ])('is refused when it is %s', (url, why) => {
    const refusal = failureOf(() => parseRedisUrl(url));
    expect(refusal).toMatchObject({ fault: 'usage', message: expect.stringContaining(why) });
    expect(refusal.message).not.toMatch(/cret|100%/);
  });

  it.each([
    ['redis://user:secret@host:1/0', 'redis://user:***@host:1/0'],
    ['redis://:secret@host', 'redis://:***@host'],
    ['redis://secret@host', 'redis://***@host'],
    ['redis://user:se@cr/e:t?x#y@host:1', 'redis://user:***@host:1'],
    ['user:secret@host:1', 'user:***@host:1'],
    ['redis://host:1?password=secret', 'redis://host:1'],
    ['redis://host:1', 'redis://host:1'],
  ])('%s is shown as %s', (url, shown) => expect(maskUrl(url)).toBe(shown));

  it('has its password masked in the words of others', () => {
    expect(withoutPassword('redis://:s%40crt@host', 'cannot AUTH s@crt (s%40crt)')).toBe('cannot AUTH *** (***)');
  });
});

function failureOf(work: () => unknown): BenchError {
  try {
    work();
  } catch (error) {
    if (error instanceof BenchError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
