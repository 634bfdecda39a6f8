/** Facts added one by one, and tallies merged in any order: the sum is the same. A property test says so for each. */
export interface Tally<Fact> {
  add(fact: Fact): void;
  merge(other: this): void;
}
