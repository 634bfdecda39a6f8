import { type Inside, typeInWords } from './inside.js';
import type { Meeting, Step } from './meeting.js';
import { plural } from './numbers.js';

/** The way of the message in words: what the picture shows, also for whoever cannot see it. */
export function meetingInWords(meeting: Meeting): string {
  const { sender, recipient } = meeting;
  return [
    `${sender.user} on ${sender.node} writes to ${recipient.user} on ${recipient.node}.`,
    ...question(meeting),
    way(meeting),
    ...meeting.insides.flatMap(throughInside),
  ].join(' ');
}

/** `Inside rabbitmq it goes from the direct exchange to the queue of n2.` */
function throughInside({ broker, type, taken }: Inside): readonly string[] {
  return taken.map(({ exchange, node }) => {
    const behind = exchange === null ? '' : ` by way of the exchange ${exchange}`;
    return `Inside ${broker} it goes from the ${typeInWords(type)} exchange${behind} to the queue of ${node}.`;
  });
}

function question({ asked, sender, recipient }: Meeting): readonly string[] {
  if (asked === null) return [];
  if (asked === sender.node) return [`The directory of ${sender.node} itself knows where ${recipient.user} is.`];
  return [`${sender.node} asks ${asked} where ${recipient.user} is, and gets an answer.`];
}

function way({ path, sender, recipient }: Meeting): string {
  const [first] = path;
  if (first === undefined) return 'Nothing is published.';
  if (first.as === 'published') return published(path);
  return recipient.node === sender.node ? 'The message never leaves the node.' : `The message goes straight to ${first.to}.`;
}

function published(path: readonly Step[]): string {
  const count = (as: Step['as']) => path.filter((step) => step.as === as).length;
  const relayed = count('relayed') === 0 ? '' : `, relayed ${times(count('relayed'))} from broker to broker`;
  const wasted = count('wasted') === 0 ? '' : `, ${count('wasted')} of which ${count('wasted') === 1 ? 'has' : 'have'} no use for it`;
  return `The message is published ${times(count('published'))}${relayed} and handed to ${plural(count('useful') + count('wasted'), 'node')}${wasted}.`;
}

function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`;
}
