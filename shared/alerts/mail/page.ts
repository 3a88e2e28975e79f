import { escape, FONT, LOOKS, SHEET, table } from './markup.ts';

/** A whole document around a card. */
export interface Page {
  readonly title: string;
  /** What an inbox shows beside the subject; nothing where it is empty. */
  readonly preview: string;
  /** Stands above the card. */
  readonly sample: string;
  readonly body: string;
  /** Stands under it. */
  readonly foot: string;
}

const HIDDEN =
  'display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;';

/** A document in the looks of every mail: one card in the middle, what belongs to no card under it. */
export function pageOf({ title, preview, sample, body, foot }: Page): string {
  const card = `<div class="inner" style="${LOOKS.inner}">${body}</div>`;
  const under = foot === '' ? '' : `<tr><td class="foot" style="padding:14px 32px 20px;">${foot}</td></tr>`;
  const mail = table(
    `<tr><td class="card" style="${LOOKS.card}">${sample}${card}</td></tr>${under}`,
    'style="max-width:624px;margin:0 auto;"',
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escape(title)}</title><style>${SHEET}</style></head>`,
    `<body class="page" style="${LOOKS.page}${FONT}">`,
    preview === '' ? '' : `<div style="${HIDDEN}">${escape(preview)}</div>`,
    table(`<tr><td class="outer" align="center" style="${LOOKS.outer}${FONT}">${mail}</td></tr>`),
    '</body></html>',
  ].join('');
}

/** A document of a few parts that is no alert. */
export function plainPage(title: string, parts: readonly string[]): string {
  return pageOf({ title, preview: '', sample: '', body: parts.join(''), foot: '' });
}
