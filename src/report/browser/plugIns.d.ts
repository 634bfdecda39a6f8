/** Every strategy and every scenario of the folders by its name: the build makes the modules of what lies there. */
declare module 'bench:strategies' {
  import type { Strategy } from '../../routing/types.js';

  const strategies: Readonly<Record<string, Strategy>>;
  export default strategies;
}

declare module 'bench:scenarios' {
  import type { Scenario } from '../../plan/types.js';

  const scenarios: Readonly<Record<string, Scenario>>;
  export default scenarios;
}
