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
  /** How the rooms of the plans are made, where that is no scenario of a file. */
  readonly rooms?: EvenRooms;
  /** Said while figures are computed, and when all of them are there. */
  readonly computing: string;
  readonly computed: string;
}

/** Every user in so many rooms of so many members. */
export interface EvenRooms {
  readonly members: number;
  readonly perUser: number;
}

/** A plan with what the model says of it before anybody moves a slider. */
export interface OutlookRow {
  readonly plan: OutlookPlan;
  readonly now: Outlook;
}

/** From one on in the steps that people think in, with the size's own value among them; beyond them half and twice of it, and so on. */
export function stepsOf({ nodes, brokers, users }: Size): OutlookContent['steps'] {
  return {
    nodes: among([1, 2, 3, 4, 6, 8, 12, 16, 24, 32], nodes),
    brokers: among([1, 2, 3, 4, 6, 8, 12, 16], brokers),
    users: inOrder([...[0.25, 0.5, 2, 4, 10].map((factor) => Math.max(4, Math.round(users * factor))), users]),
  };
}

function among(standard: readonly number[], own: number): readonly number[] {
  const beyond = own > Math.max(...standard) ? [0.25, 0.5, 2, 4].map((factor) => Math.round(own * factor)) : [];
  return inOrder([...standard, ...beyond, ...(own > 0 ? [own] : [])]);
}

function inOrder(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((one, other) => one - other);
}

/** The same in the page as it is made and as its script moves it. */
export function showFigure(value: number | null, language: Language): string {
  const { whole, threeDigits } = figuresIn(language);
  return value !== null && Number.isInteger(value) ? whole(value) : threeDigits(value);
}
