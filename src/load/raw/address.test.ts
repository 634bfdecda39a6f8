import { describe, expect, it } from 'vitest';
import { addressOf } from './address.js';

describe('the address of a node', () => {
  it.each([
    ['http://127.0.0.1:8080', '127.0.0.1', 8080, '127.0.0.1:8080'],
    ['ws://chat.example.org:81/', 'chat.example.org', 81, 'chat.example.org:81'],
    ['ws://localhost', 'localhost', 80, 'localhost'],
    ['http://[::1]:3000', '::1', 3000, '[::1]:3000'],
  ])('%s', (url, host, port, authority) => {
    expect(addressOf(url)).toEqual({ host, port, authority, path: '/socket.io/?EIO=4&transport=websocket' });
  });

  it('keeps a query', () => {
    expect(addressOf('ws://h:1/?a=b').path).toBe('/socket.io/?EIO=4&transport=websocket&a=b');
  });

  it.each([
    ['wss://h:1', 'speaks no wss://'],
    ['https://h:1', 'speaks no https://'],
    ['unix:/tmp/socket', 'speaks no unix://'],
    ['http://h:1/admin', 'speaks the main namespace only'],
    ['http://me:secret@h:1', 'sends no user and password'],
    ['h:x', 'speaks no h://'],
    ['nowhere', 'is no URL'],
  ])('%s is refused with advice', (url, words) => {
    expect(() => addressOf(url)).toThrow(words);
    expect(() => addressOf(url)).toThrow('--driver socket.io-client');
    expect(() => addressOf(url)).not.toThrow('secret');
  });
});
