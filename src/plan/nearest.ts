import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean hashed?` where a name is near enough to one there is, else a full stop; then all there are. */
export function suggestion(given: string, names: readonly string[]): string {
  const near = names.length === 0 || given === '' ? '' : closest(given, [...names]);
  const meant = near !== '' && distance(given, near) <= Math.max(2, given.length / 3) ? `; did you mean ${near}?` : '.';
  return `${meant} There are: ${names.join(', ')}`;
}
