/** A table as GitHub shows it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/** Text of others as text in a cell: no markup of theirs acts, and a line break stays one. */
export function inCell(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]()#!~]/g, (sign) => `\\${sign}`)
    .replaceAll(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll(/\r?\n/g, '<br>');
}
