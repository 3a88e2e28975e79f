import type { ComponentChildren } from 'preact';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** `number`: aligned at the right with digits of equal width; `wide`: takes what is left. */
  readonly kind?: 'number' | 'wide';
  /** On a phone a row becomes a block: `plain` leaves out the column's name there, `inline` also shares a line. */
  readonly phone?: 'plain' | 'inline';
}

/** A table, or what is said where it would be empty. The caption names it to whoever cannot see what stands around it. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  empty,
}: {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly empty: ComponentChildren;
}): ComponentChildren {
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  // The roles are written out because a phone shows the rows as blocks, and a browser then no longer takes them for a table.
  return (
    <table role="table">
      <caption class="heard">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, kind }) => (
            <th key={title} role="columnheader" scope="col" class={kind}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ title, cell, kind, phone }) => (
              <td
                key={title}
                role="cell"
                class={phone === 'inline' ? 'inline' : kind}
                data-label={phone === undefined ? title : undefined}
              >
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stands where there is nothing to show: what it would be, and what brings it. */
export function Empty({ children }: { readonly children: ComponentChildren }): ComponentChildren {
  return <p class="empty">{children}</p>;
}
