/** More indices than there can be. */
const indices = 2 ** 26;

/** The indices of whole numbers below 2^27 from the least number to the greatest, equal ones as they come. */
export function inOrderOf(numbers: Int32Array): Float64Array {
  const keys = Float64Array.from(numbers, (number, index) => number * indices + index);
  return keys.sort().map((key) => key % indices);
}
