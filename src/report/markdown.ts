/** A table as GitHub shows it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text of others as text in a cell: no markup of theirs acts, and a line break stays one. */
export function inCell(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]()#!~]/g, (sign) => `\\${sign}`)
    .replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)
    .replaceAll(/\r?\n/g, '<br>');
}

/** Text of others as code on one line: the fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const room = text.trim() === '' || /^`|`$|^ | $/.test(text) ? ' ' : '';
  return `${fence}${room}${text.replaceAll(/\s+/g, ' ')}${room}${fence}`;
}

/** Lines to paste into a shell, on which the fence of a block cannot end. */
export function shellBlock(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
