import { strictInteger } from '../number.js';
import { ReplyError } from '../reply.js';

/** Commands and options are compared without regard to case. */
export function isWord(given: string | undefined, word: string): boolean {
  return given?.toLowerCase() === word;
}

export function integerOf(word: string): number {
  const value = strictInteger(word);
  if (value === null) throw new ReplyError('ERR value is not an integer or out of range');
  return value;
}

/** What C's `%.Ns` prints of a word: nothing from its first NUL on. Redis quotes words in errors this way. */
export function printed(word: string, most = Number.POSITIVE_INFINITY): string {
  const end = word.indexOf('\0');
  return word.slice(0, Math.min(end < 0 ? word.length : end, most));
}

export function syntaxError(): ReplyError {
  return new ReplyError('ERR syntax error');
}
