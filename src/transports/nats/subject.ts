/** What a token of a NATS subject may hold here: no `.`, which parts tokens, no `*` and `>`, which match many, no white space. */
const unsafe = /[^A-Za-z0-9_:-]/g;

/** The subject of a channel: one token. Ids, topics and prefixes stand as they are; any other character becomes =XXXX, so that no two channels meet. */
export function subjectOf(prefix: string, channel: string): string {
  return (prefix + channel).replace(unsafe, (character) => `=${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
