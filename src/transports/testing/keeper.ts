import { Directory } from '../../routing/directory.js';
import type { NodeId, Topic } from '../../routing/types.js';
import type { DirectoryHost, Entry, Line, Telling } from '../types.js';
import { Ear } from './ear.js';

/** A chat node that keeps a directory and writes down, in order, what it was told, asked and copied. */
export class Keeper extends Ear {
  readonly requests: string[] = [];
  readonly #directory = new Directory();
  directory: DirectoryHost = {
    told: (from, telling) => this.told(from, telling),
    asked: async (from, topics, watch) => this.#asked(from, topics, watch),
    copied: async (from) => this.#copied(from),
  };
  /** What a tell waits for before it is confirmed. */
  confirms: Promise<void> = Promise.resolve();

  async told(from: NodeId, { topic, address, on }: Telling): Promise<void> {
    this.#directory.tell(from, topic, address, on);
    this.requests.push(`${from} told ${topic} ${on ? 'on' : 'off'}`);
    this.note(`told ${topic} ${on ? 'on' : 'off'}`);
    await this.confirms;
  }

  #asked(from: NodeId, topics: readonly Topic[], watch: boolean): readonly Entry[] {
    this.requests.push(`${from} asked ${topics.join(' ')}${watch ? ' watching' : ''}`);
    return topics.flatMap((topic) => this.#directory.ask(topic).map((address) => ({ topic, address })));
  }

  #copied(from: NodeId): readonly Line[] {
    this.requests.push(`${from} copied`);
    return Array.from(this.#directory.lines(), ({ topic, address, nodes }) => ({ topic, address, nodes: [...nodes] }));
  }
}
