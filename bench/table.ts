/** Of cli-table3: tables of benchmarks are written to files, too. */
export const uncoloured = { head: [], border: [] };
