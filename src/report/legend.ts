/** For the legends of all drawers: what several series share is named once. */
export function eachLabelOnce(
  item: { readonly text: string; readonly datasetIndex?: number | undefined },
  { datasets }: { readonly datasets: readonly { readonly label?: string | undefined }[] },
): boolean {
  return datasets.findIndex(({ label }) => label === item.text) === item.datasetIndex;
}
