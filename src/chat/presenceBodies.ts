import type { NodeId } from '../routing/types.js';
import { isId } from './ids.js';

/** "Is the user of this topic with you?", asked by a node; the message's own id names the question. */
export interface Question {
  readonly asker: NodeId;
  /** Draws key of the question; an answer draws by it and the answering node. */
  readonly draws: string;
}

export interface Answer {
  /** Id of the question. */
  readonly question: string;
  readonly node: NodeId;
  readonly online: boolean;
}

/** "The user of this topic is online with me now", or no more: a reason to ask, never an answer. */
export interface Notice {
  readonly up: boolean;
}

const lengthMax = 1024;

export function encodeBody(body: Question | Answer | Notice): Buffer {
  return Buffer.from(JSON.stringify(body));
}

export function parseQuestion(body: string): Question | undefined {
  const { asker, draws } = fieldsOf(body);
  return isId(asker) && isWord(draws) ? { asker, draws } : undefined;
}

export function parseAnswer(body: string): Answer | undefined {
  const { question, node, online } = fieldsOf(body);
  return isWord(question) && isId(node) && typeof online === 'boolean' ? { question, node, online } : undefined;
}

export function parseNotice(body: string): Notice | undefined {
  const { up } = fieldsOf(body);
  return typeof up === 'boolean' ? { up } : undefined;
}

/** The fields of a JSON object; none when it is something else. */
function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  if (body.length > lengthMax) return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 256;
}
