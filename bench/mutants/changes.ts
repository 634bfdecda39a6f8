/** A wrong program: one text of one file, replaced by another. */
export interface Change {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The strategy whose tests must find it. */
  readonly strategy: 'hashed' | 'ring';
}

const publish = "this.#acts.emit({ type: 'publish', address, message });";
const place = 'return { subscribe: place, publish: place };';

/** Each is a mistake that somebody could make: in the one core that all strategies share, or in a strategy. */
export const changes: readonly Change[] = [
  {
    name: 'the core never unsubscribes',
    file: 'src/routing/wanting.ts',
    from: "    this.#parts.emit({ type: 'unsubscribe', address });\n",
    to: '',
    strategy: 'hashed',
  },
  {
    name: 'the core publishes every message once more',
    file: 'src/routing/speaking.ts',
    from: publish,
    to: `${publish}\n        ${publish}`,
    strategy: 'hashed',
  },
  {
    name: 'hashed listens at the Redis after the right one',
    file: 'strategies/hashed.ts',
    from: 'subscribe: (topic) => [{ broker: pick(brokers, topic).id, channel: topic }]',
    to: 'subscribe: (topic) => [{ broker: pick([...brokers.slice(1), ...brokers.slice(0, 1)], topic).id, channel: topic }]',
    strategy: 'hashed',
  },
  {
    name: 'ring publishes to a second Redis as well',
    file: 'strategies/ring.ts',
    from: place,
    to: `const second = (topic: Topic) => ({ broker: ownerOf(hash(\`\${topic} again\`), ring), channel: topic });
    return { subscribe: place, publish: (topic) => [...place(topic), second(topic)] };`,
    strategy: 'ring',
  },
];
