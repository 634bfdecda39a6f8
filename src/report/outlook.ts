import type { Size } from '../routing/types.js';
import type { Outlook, OutlookPlan } from '../run/modelled/outlook.js';
import type { Language } from './language.js';
import { figuresIn } from './numbers.js';

/** What a page hands to its script for the sliders. */
export interface OutlookContent {
  readonly language: Language;
  readonly plans: readonly OutlookPlan[];
  /** What each slider goes over. */
  readonly steps: Readonly<Record<'nodes' | 'brokers' | 'users', readonly number[]>>;
  /** Said when all figures are there. */
  readonly computed: string;
}

/** A plan with what the model says of it as it was run. */
export interface OutlookRow {
  readonly plan: OutlookPlan;
  readonly now: Outlook;
}

/** From one on in the steps that people think in, with what was run among them. */
export function stepsOf(sizes: readonly Size[]): OutlookContent['steps'] {
  const among = (standard: readonly number[], own: readonly number[]) =>
    [...new Set([...standard, ...own.filter((value) => value > 0)])].sort((one, other) => one - other);
  const users = sizes.map((size) => size.users);
  const factors = [0.25, 0.5, 2, 4, 10];
  return {
    nodes: among(
      [1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
      sizes.map((size) => size.nodes),
    ),
    brokers: among(
      [1, 2, 3, 4, 6, 8, 12, 16],
      sizes.map((size) => size.brokers),
    ),
    users: among(
      factors.map((factor) => Math.max(4, Math.round((users[0] ?? 0) * factor))),
      users,
    ),
  };
}

/** The same in the page as it is made and as its script moves it. */
export function showFigure(value: number | null, language: Language): string {
  const { whole, threeDigits } = figuresIn(language);
  return value !== null && Number.isInteger(value) ? whole(value) : threeDigits(value);
}
