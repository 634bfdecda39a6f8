import type { Entry, Line } from '../directory.js';
import type { Input, PlaceEffect } from '../messages.js';
import { addressOf, place, topicOf, topicsOf } from './traceWords.js';

/** The part of the traces' language that is about directories; `trace.ts` lists it with the rest. */
export function directoryInput(command: string, words: readonly string[]): Input<null, string> {
  const [first = '', second = '', third = ''] = words;
  switch (command) {
    case 'confirmed':
      return { type: command, place: first, attempt: Number(second) };
    case 'replied':
      return { type: 'answered', place: first, attempt: Number(second), entries: entriesOf(third) };
    case 'copyTaken':
      return { type: command, place: first, attempt: Number(second), lines: linesOf(third) };
    case 'unanswered':
      return { type: command, place: first, attempt: Number(second), definite: third === 'definite', notice: false };
    case 'told':
    case 'noticed':
      return {
        type: 'told',
        from: first,
        telling: { ...entryOf(second.slice(1)), on: second.startsWith('+'), ...(command === 'noticed' && { notice: true as const }) },
        request: Number(third),
      };
    case 'asked':
    case 'watched':
      return { type: 'asked', from: first, topics: topicsOf(second), watch: command === 'watched', request: Number(third) };
    case 'copied':
      return { type: command, from: first, request: Number(second) };
    default:
      throw new Error(`no input "${command}"`);
  }
}

export function placeEffectWords(effect: PlaceEffect): string {
  switch (effect.type) {
    case 'tell': {
      const { place: at, telling, attempt } = effect;
      return `${telling.notice ? 'notify' : 'tell'} ${at} ${telling.on ? '+' : '-'}${entryWords(telling)} ${attempt}`;
    }
    case 'ask':
      return `${effect.watch ? 'watch' : 'ask'} ${effect.place} ${effect.topics.join(',')} ${effect.attempt}`;
    case 'copy':
      return `copy ${effect.place} ${effect.attempt}`;
    case 'confirm':
      return `confirm ${effect.request}`;
    case 'answer':
      return `answer ${effect.request} ${effect.entries.map(entryWords).join(',')}`.trimEnd();
    case 'handOver':
      return `handOver ${effect.request} ${effect.lines.map((line) => [entryWords(line), ...line.nodes].join('+')).join(',')}`.trimEnd();
  }
}

function entryWords({ topic, address }: Entry): string {
  return `${topic}@${place(address)}`;
}

function entryOf(text: string): Entry {
  const [topic = '', address = ''] = text.split('@');
  return { topic: topicOf(topic), address: addressOf(address) };
}

function entriesOf(text: string): Entry[] {
  return text === '' ? [] : text.split(',').map(entryOf);
}

function linesOf(text: string): Line[] {
  if (text === '') return [];
  return text.split(',').map((line) => {
    const [entry = '', ...nodes] = line.split('+');
    return { ...entryOf(entry), nodes };
  });
}
