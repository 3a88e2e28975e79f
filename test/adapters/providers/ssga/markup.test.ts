import { expect, it } from 'vitest';
import { readMarkup } from '../../../../adapters/providers/ssga/markup.ts';

const ENDS = {
  tag: (name: string) => `</${name}>`,
  other: (name: string) => `(/${name})`,
  end: (name: string) => `[/${name}]`,
};

/** What a reader is told, one word or text each. */
function told(text: string, form: 'html' | 'xml'): string {
  const said: string[] = [];
  readMarkup(text, form, {
    open: (name, attributes) => said.push(`<${name}${Object.values(attributes).join()}>`),
    say: (piece) => said.push(piece),
    close: (name, by) => said.push(ENDS[by](name)),
  });
  return said.join('');
}

it('tells elements, attributes and text in their order', () => {
  expect(told('<p class="a">one <b>two</b></p>', 'html')).toBe('<pa>one <b>two</b></p>');
});

it('tells an end that the text says from one that another element, or its own end, brings', () => {
  expect(told('<c><v>1', 'xml')).toBe('<c><v>1[/v][/c]');
  expect(told('<p>a</p', 'html')).toBe('<p>a[/p]');
  expect(told('<td>1<td>2</td>', 'html')).toBe('<td>1(/td)<td>2</td>');
});

it.each([
  ['&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
  ['1&nbsp;2', '1\u00a02'],
  ['&#49;&#x32;&#X33;', '123'],
  ['Price&sol;Earnings', 'Price/Earnings'],
  ['&amp;lt;', '&lt;'],
  ['&#0;&#xd800;&#x110000;', '\ufffd\ufffd\ufffd'],
  ['& &; &#; &#x; &who; &amp', '& &; &#; &#x; &who; &amp'],
])('makes of %j in a text %j', (written, meant) => {
  expect(told(`<p>${written}</p>`, 'html')).toBe(`<p>${meant}</p>`);
  expect(told(`<p>${written}</p>`, 'xml')).toBe(`<p>${meant}</p>`);
});

it('leaves a section that is marked as verbatim as it is', () => {
  expect(told('<t>&lt;<![CDATA[&lt;]]>&lt;</t>', 'xml')).toBe('<t><&lt;<</t>');
});
