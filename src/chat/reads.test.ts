import { expect, test } from 'vitest';
import { type Deferred, deferred } from './pending.js';
import { Reads } from './reads.js';

/** A store whose answers come when the test says so. */
function slowStore(): { answers: Deferred<string>[]; load: () => Promise<string> } {
  const answers: Deferred<string>[] = [];
  return {
    answers,
    load: () => {
      const answer = deferred<string>();
      answers.push(answer);
      return answer.promise;
    },
  };
}

test('readers of one key share a read', async () => {
  const reads = new Reads<string>();
  const { answers, load } = slowStore();
  const both = Promise.all([reads.read('a', load), reads.read('a', load)]);
  answers[0]?.resolve('one');
  expect(await both).toEqual(['one', 'one']);
  expect(answers).toHaveLength(1);
});

test('a key that changes during its read is read again, and the old value is kept nowhere', async () => {
  const reads = new Reads<string>();
  const { answers, load } = slowStore();
  const kept: string[] = [];
  const value = reads.read('a', load, (read) => kept.push(read));
  reads.changed('a');
  answers[0]?.resolve('old');
  await Promise.resolve();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.resolve('new');
  expect(await value).toBe('new');
  expect(kept).toEqual(['new']);
});

test('a change before or after a read does not repeat it', async () => {
  const reads = new Reads<string>();
  const { answers, load } = slowStore();
  reads.changed('a');
  const value = reads.read('a', load);
  answers[0]?.resolve('one');
  await value;
  reads.changedAll();
  expect(answers).toHaveLength(1);
});

test('a failed read fails its readers and is not remembered', async () => {
  const reads = new Reads<string>();
  const { answers, load } = slowStore();
  const failing = reads.read('a', load);
  answers[0]?.reject(new Error('down'));
  await expect(failing).rejects.toThrow('down');
  const value = reads.read('a', load);
  answers[1]?.resolve('up');
  expect(await value).toBe('up');
});
