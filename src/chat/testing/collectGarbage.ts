/** Preloaded into a node process under test (with --expose-gc): SIGUSR2 collects garbage and says so, so that its memory can be compared. */
process.on('SIGUSR2', () => {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.stdout.write('collected\n');
});
