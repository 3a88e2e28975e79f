import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { STYLE } from './style.ts';

/** A piece of a page; whatever is put into one is escaped. */
export type Html = ReturnType<typeof html>;

/** What a reader's browser may do with a page: show it in its own style, and nothing else. */
export const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What every page is put together from. */
export interface Page {
  readonly title: string;
  /** What sample data says of itself; null on real data. */
  readonly sample: string | null;
  /** Where the pages are; null: not told. */
  readonly address: string | null;
  /** Seconds after which a browser asks again; null: never. */
  readonly refresh: number | null;
  readonly body: Html;
}

/** A whole page, needing nothing but itself. */
export function layout({ title, sample, address, refresh, body }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh === null ? '' : html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<nav><a href="/">Console</a> <a href="/status">Status</a> <a href="/status/outbox">Outbox</a> <a href="/status.json">JSON</a></nav>
</header>
<main>
${sample === null ? '' : html`<p class="sample"><strong>Sample data, not the market:</strong> ${sample}.</p>`}
${body}
</main>
<footer><p>Information, not advice. ${address === null ? '' : `${address}, `}served to this machine only.</p></footer>
</body>
</html>
`;
}

/** A column of a table; `whole`: its cells are never broken over lines, `label`: what a phone writes before them. */
export interface Column {
  readonly title: string;
  readonly whole?: true;
  readonly label?: string;
}

/** A table, or what is said where it would be empty. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly (Html | string)[])[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`;
  const cell = (content: Html | string, at: number): Html => {
    const { whole, label } = columns[at] ?? {};
    const kind = whole === undefined ? '' : raw(' class="whole"');
    const before = label === undefined || content === '' ? '' : html` data-label="${label}"`;
    return html`<td${kind}${before}>${content}</td>`;
  };
  return html`<table>
<thead><tr>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>
</table>`;
}

/** A part of a page under its heading. */
export function section(title: string, body: Html): Html {
  return html`<section><h2>${title}</h2>${body}</section>`;
}

/** A word on a ground of its own. */
export function badge(text: string, tone: 'firing' | 'pending' | 'bad' | 'quiet'): Html {
  return html`<span class="badge ${tone}">${text}</span>`;
}
