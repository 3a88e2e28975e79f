/** So wide are the lines of a mail. */
const WIDTH = 78;

/**
 * The text of a mail without the breaks that only its width made, for a place that is narrower: a line is joined with the
 * next one where the first word of that had no room on it. Tables and lists stay as they are.
 */
export function unwrapped(text: string): string {
  const lines: string[] = [];
  let length = 0;
  for (const line of text.split('\n')) {
    const last = lines.at(-1) ?? '';
    const [word = ''] = line.split(' ');
    const cut = word !== '' && last !== '' && length + 1 + word.length > WIDTH;
    if (cut && !/\S {2}/.test(line)) lines[lines.length - 1] = `${last} ${line}`;
    else lines.push(line);
    length = line.length;
  }
  return lines.join('\n');
}
