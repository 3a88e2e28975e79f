/** How a column lines up. */
export type Alignment = 'left' | 'right';

export interface TableColumn {
  readonly title: string;
  readonly align: Alignment;
}

/** Lays rows of text out in aligned columns, two spaces apart, a heading first; cells carry no styles. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((column, index) =>
    rows.reduce((widest, row) => Math.max(widest, width(row[index] ?? '')), width(column.title)),
  );
  const layOut = (cells: readonly string[]): string =>
    columns
      .map((column, index) => pad(cells[index] ?? '', widths[index] ?? 0, column.align))
      .join('  ')
      .trimEnd();
  return [layOut(columns.map((column) => column.title)), ...rows.map(layOut)];
}

function width(text: string): number {
  return [...text].length;
}

function pad(text: string, wanted: number, align: Alignment): string {
  const blanks = ' '.repeat(Math.max(0, wanted - width(text)));
  return align === 'right' ? blanks + text : text + blanks;
}
