/** What is left of the chance of an error for one of several tests, and whether it is passed. */
export interface Step {
  /** How small its own chance must be. */
  readonly share: number;
  readonly rejected: boolean;
}

/**
 * Holm's step-down procedure: the smallest chance is held to `chance / tests`, the next to one test fewer, until one is not small enough; it and all
 * after it stand at its share. The chance that any true hypothesis is rejected is at most `chance`, however the tests depend on each other
 * (Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979). In the order of what was given.
 */
export function holm(chances: readonly number[], chance: number): readonly Step[] {
  const order = chances.map((_, index) => index).sort((one, other) => (chances[one] ?? 1) - (chances[other] ?? 1));
  const steps: Step[] = [];
  let stopped: number | null = null;
  for (const [place, index] of order.entries()) {
    const share: number = stopped ?? chance / (chances.length - place);
    const rejected = stopped === null && (chances[index] ?? 1) <= share;
    if (!rejected) stopped = share;
    steps[index] = { share, rejected };
  }
  return steps;
}
