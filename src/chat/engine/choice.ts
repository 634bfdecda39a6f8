import type { ChatLimits, EngineName } from '../../plan/types.js';
import type { Turns } from '../../transports/turns.js';
import type { Engine } from './engine.js';
import { FastEngine } from './fastEngine.js';
import { socketIoEngine } from './socketIoEngine.js';
import { untested, type VersionOf } from './versions.js';

export interface Choice {
  readonly engine: Engine;
  /** Why it is not the one that was asked for; null: it is. */
  readonly fallback: string | null;
}

export function chooseEngine(asked: EngineName, { payloadBytes }: ChatLimits, turns: Turns, versionOf?: VersionOf): Choice {
  if (asked === 'socket.io') return { engine: socketIoEngine, fallback: null };
  const words = untested(versionOf);
  if (words.length === 0) return { engine: new FastEngine(payloadBytes, turns), fallback: null };
  return {
    engine: socketIoEngine,
    fallback: `engine socket.io instead of fast: ${words.join(', ')}; npm ci installs what it was tested with`,
  };
}
