import type { Effect, Input } from './messages.js';
import type { NodeCore } from './nodeCore.js';

/** Is shown what a core takes, and returns who is shown what must be done for it. */
export type Observer<Body, Socket> = (input: Input<Body, Socket>) => (effects: readonly Effect<Body, Socket>[]) => void;

/** Shows every step of a core from now on, until the function that is returned is called. A core that nobody observes has nothing of it on its way. */
export function observe<Body, Socket>(core: NodeCore<Body, Socket>, observer: Observer<Body, Socket>): () => void {
  const step = core.step.bind(core);
  core.step = (input) => {
    const done = observer(input);
    const effects = step(input);
    done(effects);
    return effects;
  };
  return () => void Reflect.deleteProperty(core, 'step');
}
