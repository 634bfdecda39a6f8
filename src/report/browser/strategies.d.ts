/** Every strategy of the folder by its name: the build makes the module of what lies there. */
declare module 'bench:strategies' {
  import type { Strategy } from '../../routing/types.js';

  const strategies: Readonly<Record<string, Strategy>>;
  export default strategies;
}
