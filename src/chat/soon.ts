/** There at once or later. Nothing is waited for by most messages of a node, and promises would be a large part of what each costs. */
export type Soon<T> = T | Promise<T>;

/** Goes on with it: at once where it is there. */
export function whenThere<T, R>(soon: Soon<T>, go: (value: T) => R): Soon<R> {
  return soon instanceof Promise ? soon.then(go) : go(soon);
}
