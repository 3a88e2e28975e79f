/** Text as it may stand in HTML, also within an attribute in double quotes. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * The looks by name: what every mail program can show stands at each element, since some drop a style sheet; the sheet
 * below changes only colours at night and spaces on a phone.
 */
export const LOOKS = {
  page: 'margin:0;padding:0;background-color:#eef0f3;',
  outer: 'background-color:#eef0f3;padding:24px 12px;',
  card: 'background-color:#ffffff;border-radius:12px;',
  inner: 'padding:28px 32px 24px;',
  top: 'font-size:13px;line-height:18px;color:#5b6573;',
  head: 'margin:14px 0 0;font-size:21px;line-height:29px;font-weight:600;color:#16191d;letter-spacing:-0.1px;',
  text: 'margin:10px 0 0;font-size:15px;line-height:23px;color:#2b3138;',
  small: 'margin:6px 0 0;font-size:13px;line-height:19px;color:#5b6573;',
  title:
    'margin:26px 0 0;font-size:12px;line-height:16px;font-weight:600;letter-spacing:0.7px;text-transform:uppercase;color:#5b6573;',
  figure: 'font-size:20px;line-height:26px;font-weight:600;color:#16191d;white-space:nowrap;',
  label: 'font-size:12px;line-height:17px;color:#5b6573;',
  figures: 'background-color:#f5f7f9;border-radius:8px;',
  line: 'border-top:1px solid #e4e8ec;',
  cell: 'font-size:13px;line-height:18px;color:#2b3138;font-variant-numeric:tabular-nums;',
  quiet:
    'padding:0 0 6px;font-size:12px;line-height:17px;color:#5b6573;text-align:right;font-variant-numeric:tabular-nums;',
  code: 'margin:10px 0 0;padding:10px 12px;background-color:#f5f7f9;border-radius:6px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px;line-height:19px;color:#16191d;word-break:break-word;',
  button:
    'display:inline-block;padding:11px 20px;border-radius:8px;background-color:#1f62b3;color:#ffffff;font-size:15px;line-height:20px;font-weight:600;text-decoration:none;',
  link: 'color:#1f62b3;text-decoration:underline;',
  sample:
    'padding:10px 32px;background-color:#fdf3dd;color:#6b4a06;font-size:13px;line-height:19px;border-radius:12px 12px 0 0;',
} as const;

export type Look = keyof typeof LOOKS;

/** The letters of every mail: those of the reader's own system. */
export const FONT =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";

/** The style sheet: night, and a narrow screen. */
export const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page,.outer{background-color:#101317!important}
.card{background-color:#1a1e24!important}
.head,.figure{color:#f2f4f6!important}
.text,.cell{color:#d5dae0!important}
.top,.small,.title,.label,.quiet{color:#9aa5b1!important}
.figures,.code{background-color:#232930!important}
.code{color:#e6eaee!important}
.line{border-top-color:#2f363e!important}
.link{color:#7db4f0!important}
.button{background-color:#2f74c7!important}
.sample{background-color:#3a2e12!important;color:#f3d9a0!important}
}
@media (max-width:520px){
.outer{padding:0!important}
.card,.sample{border-radius:0!important}
.inner{padding:22px 18px 20px!important}
.sample{padding:10px 18px!important}
.figure{font-size:16px!important;line-height:22px!important}
.fact{display:block!important;padding:8px 14px!important}
.foot{padding:14px 18px 20px!important}
.head{font-size:19px!important;line-height:26px!important}
.wide{display:none!important}
}`.replaceAll('\n', '');

/** An element in one of the looks; `more` is put into the tag as it stands. */
export function element(tag: string, look: Look, content: string, more = ''): string {
  return `<${tag} class="${look}" style="${LOOKS[look]}"${more === '' ? '' : ` ${more}`}>${content}</${tag}>`;
}

/** A paragraph of text; nothing where there is none. */
export function paragraph(look: Look, text: string): string {
  return text === '' ? '' : element('p', look, escape(text));
}

/** A table for layout, which readers of screens pass over. */
export function table(rows: string, more = ''): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"${more === '' ? '' : ` ${more}`}>${rows}</table>`;
}
