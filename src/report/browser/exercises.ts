/** Says beside a revealed answer whether it was predicted. Without JavaScript the answer is there all the same. */
export function checkPredictions(): void {
  for (const exercise of document.querySelectorAll<HTMLElement>('.exercise')) {
    const answer = exercise.querySelector('details');
    answer?.addEventListener('toggle', () => say(exercise, answer.open));
    exercise.addEventListener('change', () => say(exercise, answer?.open === true));
  }
}

function say(exercise: HTMLElement, isOpen: boolean): void {
  const output = exercise.querySelector('output');
  const chosen = exercise.querySelector<HTMLInputElement>('input:checked');
  if (output === null) return;
  const { right = '', wrong = '', answer } = exercise.dataset;
  output.textContent = !isOpen || chosen === null ? '' : chosen.value === answer ? right : wrong;
}
