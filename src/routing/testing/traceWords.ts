import type { Address, Topic } from '../types.js';

export function addressOf(text: string): Address {
  const [broker = '', channel = ''] = text.split('/');
  return { broker, channel };
}

export function topicsOf(text: string): Topic[] {
  return text.split(',').map(topicOf);
}

export function topicOf(text: string): Topic {
  if (!isTopic(text)) throw new Error(`no topic "${text}"`);
  return text;
}

function isTopic(text: string): text is Topic {
  return /^[ursn]:./.test(text);
}

export function place({ broker, channel }: Address): string {
  return `${broker}/${channel}`;
}
