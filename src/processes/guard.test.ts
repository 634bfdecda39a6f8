import { afterEach, expect, it } from 'vitest';
import { Guard } from './guard.js';

const { execPath } = process;

afterEach(() => {
  process.execPath = execPath;
});

it('a guardian that cannot be started says so at once, and what to look at', () => {
  process.execPath = '/nonexistent/node';
  expect(() => Guard.start()).toThrow(
    expect.objectContaining({
      fault: 'unavailable',
      message: expect.stringMatching(/^\[guardian\] \/nonexistent\/node cannot be started.*ulimit/),
    }),
  );
});

it('a guardian that was started ends when its line is closed', async () => {
  await Guard.start().close();
});
