/**
 * Splits text that arrives in pieces into lines, which end with a line feed (a carriage return before it belongs to the
 * ending); the last line need not end. Nothing else ends a line, so that each line of a script gets one answer.
 */
export async function* lines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of input) {
    const parts = (
      rest + (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }))
    ).split('\n');
    rest = parts.pop() ?? '';
    if (parts.length > 0) yield parts.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== '') yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
