/**
 * What a spreadsheet would run when somebody opens the table, the wide forms of Japanese keyboards among it. Words that
 * stand like that behind apostrophes count too, so that every apostrophe of ours can be told from one of the author's.
 */
const WOULD_RUN = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** Puts an apostrophe in front of a cell that would run; then it is text. */
export function disarm(cell: string): string {
  return WOULD_RUN.test(cell) ? `'${cell}` : cell;
}

/** Takes exactly that apostrophe away again. */
export function rearm(cell: string): string {
  return cell.startsWith("'") && WOULD_RUN.test(cell) ? cell.slice(1) : cell;
}
