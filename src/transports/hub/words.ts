import type { NodeId, Topic } from '../../routing/types.js';
import type { Entry, Line, Telling } from '../types.js';

/*
 * The payloads about directories, and the greeting, are words in ASCII with a space between two:
 *
 *   tell     on|off topic broker channel     what the teller wants, or no more
 *   tell     now-on|now-off topic broker channel     a notice to a watcher
 *   ask      watch|once topic...
 *   entries  topic broker channel, for each entry
 *   lines    topic broker channel node,node..., for each line
 *   hello    bench-hub version secret [node]
 *
 * Whatever does not look like that is undefined to its reader: junk.
 */
const topicPattern = /^[ursn]:[A-Za-z0-9_-]{1,64}$/;
const idPattern = /^[A-Za-z0-9_.-]{1,80}$/;
const channelPattern = /^[!-~]{1,200}$/;
const greeting = 'bench-hub';
export const protocolVersion = 1;

const tellWords: ReadonlyMap<string, Pick<Telling, 'on' | 'notice'>> = new Map([
  ['on', { on: true }],
  ['off', { on: false }],
  ['now-on', { on: true, notice: true }],
  ['now-off', { on: false, notice: true }],
]);

export interface Hello {
  readonly version: number;
  readonly secret: string;
  /** Null: a visitor, who only reads the counters. */
  readonly node: NodeId | null;
}

export function helloWords({ version, secret, node }: Hello): Buffer {
  return toBytes([greeting, String(version), secret, ...(node === null ? [] : [node])]);
}

export function readHello(payload: Buffer): Hello | undefined {
  const [first, version, secret, node, ...more] = toWords(payload);
  if (first !== greeting || secret === undefined || more.length > 0 || (node !== undefined && !idPattern.test(node))) return undefined;
  return { version: Number(version), secret, node: node ?? null };
}

export function tellingWords({ on, notice, ...entry }: Telling): Buffer {
  const word = on ? 'on' : 'off';
  return toBytes([notice ? `now-${word}` : word, ...wordsOfEntry(entry)]);
}

export function readTelling(payload: Buffer): Telling | undefined {
  const [word = '', ...rest] = toWords(payload);
  const meaning = tellWords.get(word);
  const entry = rest.length === 3 ? entryOf(rest) : undefined;
  return meaning === undefined || entry === undefined ? undefined : { ...entry, ...meaning };
}

export function questionWords(topics: readonly Topic[], watch: boolean): Buffer {
  return toBytes([watch ? 'watch' : 'once', ...topics]);
}

export function readQuestion(payload: Buffer): { readonly topics: readonly Topic[]; readonly watch: boolean } | undefined {
  const [how, ...topics] = toWords(payload);
  if (how !== 'watch' && how !== 'once') return undefined;
  return topics.every(isTopic) ? { topics, watch: how === 'watch' } : undefined;
}

export function entriesWords(entries: readonly Entry[]): Buffer {
  return toBytes(entries.flatMap(wordsOfEntry));
}

export function readEntries(payload: Buffer): readonly Entry[] | undefined {
  return readEach(toWords(payload), 3, entryOf);
}

export function linesWords(lines: readonly Line[]): Buffer {
  return toBytes(lines.flatMap((line) => [...wordsOfEntry(line), line.nodes.join(',')]));
}

export function readLines(payload: Buffer): readonly Line[] | undefined {
  return readEach(toWords(payload), 4, lineOf);
}

function lineOf(words: readonly string[]): Line | undefined {
  const entry = entryOf(words);
  const nodes = (words[3] ?? '').split(',');
  return entry !== undefined && nodes.every((node) => idPattern.test(node)) ? { ...entry, nodes } : undefined;
}

function entryOf([topic = '', broker = '', channel = '']: readonly string[]): Entry | undefined {
  return isTopic(topic) && idPattern.test(broker) && channelPattern.test(channel) ? { topic, address: { broker, channel } } : undefined;
}

function readEach<T>(
  words: readonly string[],
  length: number,
  read: (words: readonly string[]) => T | undefined,
): readonly T[] | undefined {
  const all: T[] = [];
  for (let at = 0; at < words.length; at += length) {
    const one = read(words.slice(at, at + length));
    if (one === undefined) return undefined;
    all.push(one);
  }
  return all;
}

function wordsOfEntry({ topic, address }: Entry): string[] {
  return [topic, address.broker, address.channel];
}

function isTopic(word: string): word is Topic {
  return topicPattern.test(word);
}

function toBytes(words: readonly string[]): Buffer {
  return Buffer.from(words.join(' '), 'latin1');
}

function toWords(payload: Buffer): string[] {
  return payload.length === 0 ? [] : payload.toString('latin1').split(' ');
}
