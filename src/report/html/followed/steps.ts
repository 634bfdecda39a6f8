import type { Hop, Trace } from '../../../measure/traceSchema.js';

/** What travels from one place to another: one arrow of a picture. */
export interface Step {
  readonly what: 'sent' | 'asked' | 'replied' | 'published' | 'relayed' | 'handed' | 'refused' | 'accepted' | 'written' | 'acknowledged';
  readonly from: string;
  readonly to: string;
  /** Null: nobody saw it leave. */
  readonly departedMs: number | null;
  /** Null: nobody saw it arrive. */
  readonly arrivedMs: number | null;
  /** It came to a node and nothing followed. */
  readonly wasted: boolean;
  /** What was seen of it; of a step that was not seen, of the next one. */
  readonly hop: Hop;
}

/** The hops of a message as steps: the two ends of each way put together, in the order in which they began. */
export function stepsOf(trace: Trace): readonly Step[] {
  const ends = new Ends(trace);
  return trace.hops.flatMap((hop) => ends.stepsFrom(hop));
}

class Ends {
  readonly #trace: Trace;
  readonly #nodes: ReadonlySet<string>;
  /** Brokers that got it from another broker, once each. */
  readonly #relayed = new Set<string>();
  /** Other ends that belong to a step already. */
  readonly #taken = new Set<Hop>();

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#nodes = new Set(trace.places.flatMap(({ id, role }) => (role === 'node' ? [id] : [])));
  }

  stepsFrom(hop: Hop): readonly Step[] {
    switch (hop.what) {
      case 'sent':
        return this.#sent(hop);
      case 'asked':
        return this.#there(
          'asked',
          hop,
          this.#find('questioned', ({ at, from }) => at === hop.to && from === hop.at),
        );
      case 'replied':
        return this.#there(
          'replied',
          hop,
          this.#find('learned', ({ at, from }) => at === hop.to && from === hop.at),
        );
      case 'published':
        return this.#there('published', hop, this.#straight(hop));
      case 'written':
        return this.#written(hop);
      case 'learned':
        return this.#taken.has(hop) ? [] : this.#here('replied', hop);
      case 'received':
      case 'dropped':
        return this.#taken.has(hop) ? [] : [...this.#relayedTo(hop), ...this.#here('handed', hop)];
      case 'accepted':
      case 'refused':
        return this.#here(hop.what, hop);
      case 'acknowledged':
        return this.#here('acknowledged', { ...hop, from: hop.from ?? this.#find('taken')?.at });
      default:
        return [];
    }
  }

  /** A transport may place clients anywhere: then who took it says where it went. */
  #sent(hop: Hop): readonly Step[] {
    const taken = this.#find('taken');
    return this.#there('sent', { ...hop, to: taken?.at ?? hop.to }, taken);
  }

  /** Where Socket.IO writes by itself, it does not say to whom: who got it from there does. */
  #written(hop: Hop): readonly Step[] {
    const isThere = ({ at }: Hop) => (hop.to === undefined ? this.#nodeOf(at) === hop.at : at === hop.to);
    const delivered = this.#find('delivered', isThere);
    return this.#there('written', { ...hop, to: hop.to ?? delivered?.at }, delivered);
  }

  #nodeOf(client: string): string | undefined {
    return this.#trace.places.find(({ id }) => id === client)?.node;
  }

  /** What is published to a node goes there straight. */
  #straight(hop: Hop): Hop | undefined {
    const { to, carries } = hop;
    if (to === undefined || !this.#nodes.has(to)) return undefined;
    const isIt = (one: Hop) => one.at === to && one.from === to && one.carries === carries;
    return this.#find('received', isIt) ?? this.#find('dropped', isIt);
  }

  /** A broker handed out what no node had put there: another broker had passed it on, which nobody saw. */
  #relayedTo(hop: Hop): readonly Step[] {
    const { from: to, carries } = hop;
    const published = this.#trace.hops.filter((one) => one.what === 'published' && (one.carries ?? carries) === carries);
    const from = published[0]?.to;
    if (to === undefined || from === undefined || published.some((one) => one.to === to) || this.#relayed.has(`${to} ${carries}`))
      return [];
    this.#relayed.add(`${to} ${carries}`);
    return [{ what: 'relayed', from, to, departedMs: null, arrivedMs: null, wasted: false, hop }];
  }

  #there(what: Step['what'], hop: Hop, other: Hop | undefined): readonly Step[] {
    if (other !== undefined) this.#taken.add(other);
    if (hop.to === undefined) return [];
    return [{ what, from: hop.at, to: hop.to, departedMs: hop.ms, arrivedMs: other?.ms ?? null, wasted: other?.what === 'dropped', hop }];
  }

  #here(what: Step['what'], hop: Omit<Hop, 'from'> & { readonly from?: string | undefined }): readonly Step[] {
    const { from } = hop;
    if (from === undefined) return [];
    return [{ what, from, to: hop.at, departedMs: null, arrivedMs: hop.ms, wasted: hop.what === 'dropped', hop: { ...hop, from } }];
  }

  #find(what: Hop['what'], accept: (hop: Hop) => boolean = () => true): Hop | undefined {
    return this.#trace.hops.find((hop) => hop.what === what && !this.#taken.has(hop) && accept(hop));
  }
}
