/**
 * Redis's `string2ll`: a 64-bit integer in its canonical spelling only (no `+1`, `01`, ` 1`, `-0`), else null.
 * Beyond 2^53 the result is the nearest number; every caller has a limit far below.
 */
export function strictInteger(text: string): number | null {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) return null;
  if (text.length <= 15) return Number(text);
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? Number(value) : null;
}
