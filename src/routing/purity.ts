import type { Options, Routing, Size, Strategy, Topic, Topology } from './types.js';

/** What a pure function may not call, and the object that holds it. */
const impure: readonly (readonly [name: string, holder: object, key: string])[] = [
  ['Math.random', Math, 'random'],
  ['Date', globalThis, 'Date'],
  ['Date.now', Date, 'now'],
  ['performance.now', performance, 'now'],
  ['process.hrtime', process, 'hrtime'],
  ['process.hrtime.bigint', process.hrtime, 'bigint'],
  ['process.nextTick', process, 'nextTick'],
  ['process.uptime', process, 'uptime'],
  ['crypto.getRandomValues', crypto, 'getRandomValues'],
  ['crypto.randomUUID', crypto, 'randomUUID'],
  ['setTimeout', globalThis, 'setTimeout'],
  ['setInterval', globalThis, 'setInterval'],
  ['setImmediate', globalThis, 'setImmediate'],
  ['queueMicrotask', globalThis, 'queueMicrotask'],
  ['AbortSignal.timeout', AbortSignal, 'timeout'],
  ['fetch', globalThis, 'fetch'],
];

interface Running {
  readonly strategy: string;
  readonly kind: string;
  readonly call: string;
  refused?: Error;
}

let running: Running | undefined;
/** How many calls and loads want the replacements to be in place. */
let guarding = 0;
let restore = (): void => {};

const replacements = impure.map(([name, holder, key]) => ({ holder, key, value: refusing(name, Reflect.get(holder, key)) }));

/**
 * Runs a call of a strategy; clocks, randomness, timers and the network throw meanwhile, and the call fails even if it swallowed that.
 * For synchronous calls only: what the call leaves behind runs unguarded. `kind`: what the file is one of, for the error.
 */
export function pure<T>(strategy: string, call: string, run: () => T, kind = 'strategies'): T {
  const outer = running;
  const inner: Running = { strategy, kind, call };
  guard();
  running = inner;
  try {
    const result = run();
    if (inner.refused !== undefined) throw inner.refused;
    return result;
  } finally {
    running = outer;
    unguard();
  }
}

/** Loads a file whose functions `pure` will run: what it keeps for itself, as `const { now } = Date` does, refuses there like the rest. */
export async function guarded<T>(load: () => Promise<T>): Promise<T> {
  guard();
  try {
    return await load();
  } finally {
    unguard();
  }
}

/** The same strategy, each of its functions run as `pure` does. */
export function purely(strategy: Strategy): Strategy {
  const { name, title, summary, options, mesh, fit } = strategy;
  return {
    name,
    title,
    summary,
    ...(options && { options }),
    ...(mesh && { mesh }),
    ...(fit && { fit: (size: Size, given: Options) => pure(name, 'fit()', () => fit.call(strategy, size, given)) }),
    brokers: (size) => pure(name, 'brokers()', () => strategy.brokers(size)),
    route: (topology: Topology, given: Options) =>
      pureRouting(
        name,
        pure(name, 'route()', () => strategy.route(topology, given)),
      ),
  };
}

function pureRouting(name: string, routing: Routing): Routing {
  return {
    ...routing,
    subscribe: (topic, node) => pure(name, 'subscribe()', () => routing.subscribe(topic, node)),
    publish: (topic, sender) => pure(name, 'publish()', () => routing.publish(topic, sender)),
    ...(routing.directory && {
      directory: (topic: Topic) => pure(name, 'directory()', () => routing.directory?.(topic) ?? []),
    }),
  };
}

/** Refuses while a strategy runs, and is the original otherwise: others may run while a file is loaded. */
function refusing<Original extends object>(name: string, original: Original): Original {
  const refuse = () => {
    if (running === undefined) return;
    const error = new Error(`[${running.strategy}] ${running.kind} are pure: ${name} was called in ${running.call}`);
    running.refused ??= error;
    throw error;
  };
  return new Proxy(original, {
    apply(target, self, given) {
      refuse();
      return Reflect.apply(target as () => unknown, self, given);
    },
    construct(target, given, made) {
      refuse();
      return Reflect.construct(target as new () => object, given, made);
    },
  });
}

function guard(): void {
  if (guarding++ === 0) restore = replace();
}

function unguard(): void {
  if (--guarding === 0) restore();
}

/** Returns what undoes it. */
function replace(): () => void {
  const originals = replacements.map(({ holder, key }) => ({ holder, key, descriptor: Object.getOwnPropertyDescriptor(holder, key) }));
  for (const { holder, key, value } of replacements) {
    Object.defineProperty(holder, key, { value, configurable: true, writable: true });
  }
  return () => {
    for (const { holder, key, descriptor } of originals) {
      if (descriptor === undefined) Reflect.deleteProperty(holder, key);
      else Object.defineProperty(holder, key, descriptor);
    }
  };
}
