import { ReplyError } from '../reply.js';

const printable = /^[!-~]*$/;

/** A name may hold printable ASCII only, so that CLIENT LIST stays one line per client. */
export function checkedName(name: string): string {
  if (!printable.test(name)) throw new ReplyError('ERR Client names cannot contain spaces, newlines or special characters.');
  return name;
}

export function checkedLibraryWord(option: string, word: string): string {
  if (!printable.test(word)) throw new ReplyError(`ERR ${option} cannot contain spaces, newlines or special characters.`);
  return word;
}
