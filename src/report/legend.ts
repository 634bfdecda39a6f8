/** As much of what is drawn as a legend asks of it. */
interface Named {
  readonly label?: string | undefined;
  readonly pointRadius?: unknown;
  readonly stack?: string | undefined;
}

/** The entries of the legends of all drawers, and which datasets each stands for: what several share is named once, and a line without points goes by the name of its stack. */
export function legendOf(datasets: readonly Named[]): ReadonlyMap<string, readonly number[]> {
  const entries = new Map<string, number[]>();
  for (const [index, { label = '', pointRadius, stack }] of datasets.entries()) {
    const name = pointRadius === 0 ? (stack ?? label) : label;
    entries.set(name, [...(entries.get(name) ?? []), index]);
  }
  return entries;
}

/** For the legends that Chart.js draws. */
export function isEntry(
  item: { readonly datasetIndex?: number | undefined },
  { datasets }: { readonly datasets: readonly Named[] },
): boolean {
  return [...legendOf(datasets).values()].some(([first]) => first === item.datasetIndex);
}
