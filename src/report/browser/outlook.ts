import scenarios from 'bench:scenarios';
import strategies from 'bench:strategies';
import { BenchError } from '../../error.js';
import { evenRooms } from '../../plan/evenRooms.js';
import type { Scenario } from '../../plan/types.js';
import type { Size } from '../../routing/types.js';
import { type Outlook, type OutlookPlan, outlookFigures, outlookOf } from '../../run/modelled/outlook.js';
import { type OutlookContent, showFigure } from '../outlook.js';
import { content } from './content.js';

/** Lets a reader move nodes, brokers and users through the model, which runs in the page. */
export function moveOutlook(): void {
  const given = content<OutlookContent>('outlook');
  const form = document.querySelector<HTMLFormElement>('form.outlook');
  if (given === undefined || form === null) return;
  const mover = new Mover(given, form);
  form.querySelector('fieldset')?.removeAttribute('disabled');
  form.addEventListener('input', () => mover.moved());
  form.addEventListener('reset', () => setTimeout(() => mover.moved()));
  mover.showSizes();
}

/** Long enough that a slider under way is not computed at every step. */
const pauseMs = 120;

class Mover {
  readonly #given: OutlookContent;
  readonly #form: HTMLFormElement;
  /** Made once: a scenario keeps its rooms from one strategy to the next. */
  readonly #rooms: Scenario | undefined;
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(given: OutlookContent, form: HTMLFormElement) {
    this.#given = given;
    this.#form = form;
    this.#rooms = given.rooms && evenRooms(given.rooms.members, given.rooms.perUser);
  }

  moved(): void {
    this.showSizes();
    clearTimeout(this.#due);
    this.#form.querySelector('.frame')?.setAttribute('aria-busy', 'true');
    this.#say(this.#given.computing);
    this.#due = setTimeout(() => this.#compute([...this.#given.plans]), pauseMs);
  }

  /** The numbers that the sliders stand for. */
  showSizes(): void {
    for (const input of this.#form.querySelectorAll('input')) {
      const words = showFigure(this.#valueOf(input), this.#given.language);
      input.setAttribute('aria-valuetext', words);
      const output = input.parentElement?.querySelector('output');
      if (output) output.textContent = words;
    }
  }

  /** One strategy after the other: the page stays alive between them. */
  #compute([plan, ...others]: OutlookPlan[]): void {
    if (plan === undefined) {
      this.#form.querySelector('.frame')?.removeAttribute('aria-busy');
      this.#say(this.#given.computed);
      return;
    }
    this.#show(plan, outlookAt(plan, this.#rooms ?? scenarios[plan.scenario], this.#sizeOf(plan)));
    this.#due = setTimeout(() => this.#compute(others));
  }

  #say(words: string): void {
    const status = this.#form.querySelector('[role=status]');
    if (status && status.textContent !== words) status.textContent = words;
  }

  #show({ strategy }: OutlookPlan, outlook: Outlook | undefined): void {
    for (const figure of outlookFigures) {
      const cell = document.getElementById(`outlook-${strategy.name}-${figure}`);
      if (cell) cell.textContent = showFigure(outlook?.[figure] ?? null, this.#given.language);
    }
  }

  /** Each user writes as often as before. */
  #sizeOf({ size }: OutlookPlan): Size {
    const [nodes, brokers, users] = ['nodes', 'brokers', 'users'].map((name) => this.#valueOf(this.#form.elements.namedItem(name)));
    const crowd = users ?? size.users;
    const ratePerSecond = (size.ratePerSecond / size.users) * crowd;
    return { ...size, nodes: nodes ?? size.nodes, brokers: brokers ?? size.brokers, users: crowd, ratePerSecond };
  }

  /** A slider goes over the steps that stand in the page. */
  #valueOf(input: unknown): number {
    if (!(input instanceof HTMLInputElement)) return 0;
    const steps = this.#given.steps[input.name as keyof OutlookContent['steps']];
    return steps[Number(input.value)] ?? 0;
  }
}

/** undefined: the strategy cannot run at that size, or some node would have nobody online. */
function outlookAt(plan: OutlookPlan, scenario: Scenario | undefined, size: Size): Outlook | undefined {
  const strategy = strategies[plan.strategy.name];
  if (strategy === undefined || scenario === undefined || size.users < size.nodes) return undefined;
  try {
    return outlookOf(plan, strategy, scenario, size);
  } catch (error) {
    if (error instanceof RangeError || error instanceof BenchError) return undefined;
    throw error;
  }
}
