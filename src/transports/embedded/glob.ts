/** What one place of the pattern takes: any run of bytes, or one byte out of a set. */
type Token = 'run' | ((byte: string) => boolean);

/**
 * Redis's glob (`stringmatchlen` in `util.c`, 7.0): `*`, `?`, `[abc]`, `[^a-z]`, `\` before a byte taken literally.
 * An empty subject is matched by the empty pattern only, not even by `*`. Compiled once; matching is at worst pattern times subject, so a hostile pattern cannot stop the broker.
 */
export function globMatcher(pattern: string): (subject: string) => boolean {
  const tokens = tokensOf(pattern);
  return (subject) => (subject === '' ? tokens.length === 0 : matches(tokens, subject));
}

/** Greedy, and on a mismatch only the last `*` gives way: earlier ones need no second thought. */
function matches(tokens: readonly Token[], subject: string): boolean {
  let token = 0;
  let at = 0;
  let run = -1;
  let resume = 0;
  while (at < subject.length) {
    const expected = tokens[token];
    if (expected === 'run') {
      run = token++;
      resume = at;
    } else if (expected?.(subject.charAt(at))) {
      token++;
      at++;
    } else if (run >= 0) {
      token = run + 1;
      at = ++resume;
    } else return false;
  }
  while (tokens[token] === 'run') token++;
  return token === tokens.length;
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; ) {
    const [token, length] = tokenAt(pattern, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function tokenAt(pattern: string, at: number): [token: Token, length: number] {
  const byte = pattern.charAt(at);
  if (byte === '*') return ['run', 1];
  if (byte === '?') return [() => true, 1];
  if (byte === '[') return byteClass(pattern, at);
  if (byte === '\\' && at + 1 < pattern.length) return [literal(pattern.charAt(at + 1)), 2];
  return [literal(byte), 1];
}

function literal(expected: string): Token {
  return (byte) => byte === expected;
}

/** An unclosed class ends with the pattern, as in Redis. */
function byteClass(pattern: string, opening: number): [token: Token, length: number] {
  const negated = pattern.charAt(opening + 1) === '^';
  const ranges: [from: string, to: string][] = [];
  let at = opening + (negated ? 2 : 1);
  while (at < pattern.length && pattern.charAt(at) !== ']') {
    const [from, to, length] = rangeAt(pattern, at);
    ranges.push(from <= to ? [from, to] : [to, from]);
    at += length;
  }
  const inside = (byte: string) => ranges.some(([from, to]) => from <= byte && byte <= to);
  return [(byte) => inside(byte) !== negated, at + 1 - opening];
}

function rangeAt(pattern: string, at: number): [from: string, to: string, length: number] {
  const from = pattern.charAt(at);
  if (from === '\\' && at + 1 < pattern.length) return [pattern.charAt(at + 1), pattern.charAt(at + 1), 2];
  if (pattern.charAt(at + 1) === '-' && at + 2 < pattern.length) return [from, pattern.charAt(at + 2), 3];
  return [from, from, 1];
}
