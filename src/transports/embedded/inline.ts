const blanks = /[ \t\n\v\f\r]*/y;
/** Bare characters, then perhaps one quoted part, then the end of the word: every alternative fails after fewer than all bare characters. */
const word =
  /([^ \t\n\r"']*)(?:"((?:\\[\s\S]|[^"\\])*)"(?=[ \t\n\v\f\r]|$)|'((?:\\'|[^'\\]|\\(?!'))*)'(?=[ \t\n\v\f\r]|$)|(?=[ \t\n\r]|$))/y;
const escapes = /\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g;
const control = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['a', '\x07'],
]);

/** The words of a request typed by hand, or null when its quotes do not match. Source: `sdssplitargs` in Redis 7.0. */
export function splitInline(line: string): string[] | null {
  const words: string[] = [];
  for (let at = skipBlanks(line, 0); at < line.length; at = skipBlanks(line, word.lastIndex)) {
    word.lastIndex = at;
    const match = word.exec(line);
    if (match === null) return null;
    words.push(match[1] + unescapeDouble(match[2] ?? '') + (match[3] ?? '').replaceAll("\\'", "'"));
  }
  return words;
}

function skipBlanks(line: string, from: number): number {
  blanks.lastIndex = from;
  blanks.test(line);
  return blanks.lastIndex;
}

function unescapeDouble(quoted: string): string {
  return quoted.replace(escapes, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (control.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
