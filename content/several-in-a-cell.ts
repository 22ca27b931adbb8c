/** `a | b`: several aliases in one cell. A bar or a backslash of their own gets a backslash in front. */
export function intoCell(aliases: readonly string[]): string {
  return aliases.map((alias) => alias.replace(/[\\|]/g, '\\$&')).join(' | ');
}

export function outOfCell(cell: string): readonly string[] {
  if (cell === '') return [];
  const aliases = [''];
  for (const [piece] of cell.matchAll(/\\[\\|]|[\s\S]/gu)) {
    if (piece === '|') aliases.push('');
    else
      aliases.push((aliases.pop() ?? '') + (piece.length === 2 && piece.startsWith('\\') ? piece[1] : piece));
  }
  return aliases.map((alias) => alias.trim());
}
