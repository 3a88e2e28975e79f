/**
 * Reads a table of dates and figures: rows of cells, those without any text left out. Neither holds a comma, a quote or a
 * line's end, so a quote can do no more here than stand around a cell; any other makes a cell that is no date and no figure.
 */
export function readTable(text: string): readonly (readonly string[])[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.split(',').map(withoutQuotes))
    .filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

function withoutQuotes(cell: string): string {
  return cell.length > 1 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1) : cell;
}
