/** So many numbers at most: a number and its index together make a whole number below 2^53. */
const indices = 2 ** 26;

/** The indices of those whole numbers, all below 2^27, that are at least `least`: from the least number to the greatest, equal ones as they come. */
export function argSort(numbers: Int32Array, least: number): Float64Array {
  if (numbers.length > indices) throw new RangeError(`${numbers.length} numbers are more than ${indices}`);
  const keys = new Float64Array(numbers.length);
  let length = 0;
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? 0;
    if (number >= least) keys[length++] = number * indices + index;
  }
  const sorted = keys.subarray(0, length).sort();
  for (let place = 0; place < length; place++) sorted[place] = (sorted[place] ?? 0) % indices;
  return sorted;
}
