import Table from 'cli-table3';
import { share } from '../numbers.js';

const borders = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];

/** Rows set in columns, the first to the left and figures to the right, without borders. */
export function columns(rows: readonly (readonly string[])[], aligned: readonly ('left' | 'right')[]): readonly string[] {
  const table = new Table({
    chars: Object.fromEntries(borders.map((border) => [border, ''])),
    style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0, compact: true },
    colAligns: [...aligned],
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** A bar of this many blocks at most; whatever is more than nothing shows at least one. */
export function bar(value: number | null, of: number, blocks: number, block = '█'): string {
  const part = share(value, of) ?? 0;
  return block.repeat(part > 0 ? Math.max(1, Math.round(part * blocks)) : 0);
}

/** Words in lines of at most this width, each behind the indent. Lines break at the separator only. */
export function wrap(text: string, width: number, indent = '', separator = ' '): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(separator)) {
    if (line !== '' && indent.length + line.length + separator.length + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line}${separator}${word}`;
  }
  return [...lines, indent + line];
}
