/** Does the work for each item, for at most `limit` of them at a time. Rejects with the first error and begins no more after it. */
export async function eachAtMost<Item>(limit: number, items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items].reverse();
  const lane = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  try {
    await Promise.all(Array.from({ length: limit }, lane));
  } finally {
    waiting.length = 0;
  }
}
