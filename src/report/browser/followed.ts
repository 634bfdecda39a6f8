/** Lets every followed message of the page move along its way. Without this the same picture stands still, complete. */
export function playFollowed(): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  for (const group of document.querySelectorAll('.followed')) new Player(group, calm).show();
}

/** How far one message is shown: the steps before `#shown` are behind it; null: nobody has touched it yet, all are shown alike. */
class Player {
  readonly #group: Element;
  readonly #calm: MediaQueryList;
  readonly #items: readonly Element[];
  readonly #token: SVGCircleElement | null;
  #shown: number | null = null;
  #playing = false;
  /** Names the movement under way: one that was overtaken does nothing more. */
  #move = 0;

  constructor(group: Element, calm: MediaQueryList) {
    this.#group = group;
    this.#calm = calm;
    this.#items = [...group.querySelectorAll('li[data-steps]')];
    this.#token = group.querySelector('.token');
  }

  show(): void {
    const controls = this.#group.querySelector('.controls');
    if (!(controls instanceof HTMLElement)) return;
    controls.hidden = false;
    this.#on('.back', () => this.#jump((this.#shown ?? this.#items.length) - 1));
    this.#on('.forward', () => this.#stepForward());
    this.#on('.play', () => this.#toggle());
    this.#calm.addEventListener('change', () => this.#heedCalm());
    this.#heedCalm();
  }

  #on(button: string, act: () => void): void {
    this.#group.querySelector(`.controls ${button}`)?.addEventListener('click', act);
  }

  /** Nothing moves by itself, and nothing moves. */
  #heedCalm(): void {
    if (this.#calm.matches) this.#pause();
    for (const [part, hidden] of [
      ['.play', this.#calm.matches],
      ['.speed', this.#calm.matches],
      ['.still', !this.#calm.matches],
    ] as const) {
      const element = this.#group.querySelector(`.controls ${part}`);
      if (element instanceof HTMLElement) element.hidden = hidden;
    }
  }

  #toggle(): void {
    if (this.#playing) {
      this.#pause();
      return;
    }
    this.#playing = true;
    this.#name();
    this.#advance(this.#shown === null || this.#shown >= this.#items.length ? 0 : this.#shown);
  }

  #pause(): void {
    this.#playing = false;
    this.#move++;
    this.#token?.setAttribute('visibility', 'hidden');
    this.#name();
  }

  #jump(to: number): void {
    this.#pause();
    this.#paint(Math.max(0, Math.min(this.#items.length, to)));
  }

  #stepForward(): void {
    const from = this.#shown === null || this.#shown >= this.#items.length ? 0 : this.#shown;
    this.#pause();
    if (this.#calm.matches) this.#paint(from + 1);
    else this.#travel(from, () => {});
  }

  /** Step by step from one on, as long as it plays. */
  #advance(step: number): void {
    if (step < this.#items.length) this.#travel(step, () => this.#advance(step + 1));
    else this.#pause();
  }

  /** Moves along the way of one step, for as long as the speed says. */
  #travel(step: number, arrived: () => void): void {
    const line = this.#group.querySelector(`.scene [data-steps~="${step}"] .line`);
    this.#paint(step + 1);
    const move = ++this.#move;
    if (!(line instanceof SVGPathElement)) {
      arrived();
      return;
    }
    const [beganMs, lastsMs, length] = [performance.now(), this.#stepMs, line.getTotalLength()];
    const frame = (): void => {
      if (move !== this.#move) return;
      const part = Math.min(1, (performance.now() - beganMs) / lastsMs);
      this.#place(line.getPointAtLength(length * part));
      if (part < 1) requestAnimationFrame(frame);
      else arrived();
    };
    frame();
  }

  #place({ x, y }: DOMPoint): void {
    this.#token?.setAttribute('cx', String(x));
    this.#token?.setAttribute('cy', String(y));
    this.#token?.setAttribute('visibility', 'visible');
  }

  get #stepMs(): number {
    const speed = this.#group.querySelector('.speed select');
    return speed instanceof HTMLSelectElement ? Number(speed.value) : 1000;
  }

  /** The last of the steps that are shown is the one that happens now. */
  #paint(shown: number): void {
    this.#shown = shown;
    for (const element of this.#group.querySelectorAll('[data-steps]')) {
      const steps = element.getAttribute('data-steps')?.split(' ').map(Number) ?? [];
      element.classList.toggle('now', steps.includes(shown - 1));
      element.classList.toggle(
        'ahead',
        steps.every((step) => step >= shown),
      );
    }
    const now = this.#group.querySelector('.controls .now');
    if (now !== null) now.textContent = shown === 0 ? '' : `${shown} / ${this.#items.length}: ${this.#items[shown - 1]?.textContent ?? ''}`;
  }

  /** What the button does next. */
  #name(): void {
    const button = this.#group.querySelector('.controls .play');
    if (button !== null) button.textContent = button.getAttribute(this.#playing ? 'data-pause' : 'data-play');
  }
}
