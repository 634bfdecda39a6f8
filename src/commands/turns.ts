import { setImmediate } from 'node:timers/promises';

/** Each after the other, with a turn of the event loop in between: what is computed for long hears Ctrl-C then, at the latest when the last is done. Throws once it came. */
export async function inTurns<One, Answer>(
  all: readonly One[],
  work: (one: One) => Answer | Promise<Answer>,
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const one of all) {
    await setImmediate();
    signal.throwIfAborted();
    answers.push(await work(one));
  }
  await setImmediate();
  signal.throwIfAborted();
  return answers;
}
