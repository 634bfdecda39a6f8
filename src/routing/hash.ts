import murmurhash3 from 'imurmurhash';

/**
 * MurmurHash3 (x86, 32 bit) of an ASCII text, an integer in [0, 2^32).
 * Part of what a strategy means: another hash moves every topic. Why this one: docs/decisions/02-hash.md.
 */
export function hash(text: string, seed = 0): number {
  return murmurhash3(text, seed).result();
}

/** One of the items, the same for the same text. Throws when there is nothing to pick from. */
export function pick<T>(items: readonly T[], text: string): T {
  return at(items, hash(text) % items.length);
}

/** One of the items, drawn: `fraction` is uniform in [0, 1). Throws when there is nothing to draw from. */
export function draw<T>(items: readonly T[], fraction: number): T {
  return at(items, Math.floor(fraction * items.length));
}

/** Numbers uniform in [0, 1): the same ones for the same name and seed. */
export function draws(name: string, seed: number): () => number {
  let drawn = 0;
  return () => hash(`${name}#${drawn++}`, seed) / 2 ** 32;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} in a list of ${items.length}`);
  return item;
}
