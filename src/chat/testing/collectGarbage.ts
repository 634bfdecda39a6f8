/**
 * Preloaded into a node process under test (with --expose-gc): SIGUSR2 collects garbage and says so, so that its memory can be compared.
 * Newer versions of V8 give memory back to the system only as a last resort; Node 20 does not know the word and collects less for it.
 */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.stdout.write('collected\n');
});
