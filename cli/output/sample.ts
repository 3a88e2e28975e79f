import type { Style } from '../../shared/alerts/message/render.ts';
import type { Output } from '../context.ts';

/** How messages are marked that rest on this data. */
export function styleOf(sample: string | undefined): Style {
  return sample === undefined ? {} : { sample };
}

/** Says above figures from sample data that they are no market's; nothing for real data. */
export function tellSample(output: Output, sample: string | undefined): void {
  if (sample === undefined) return;
  output.write(`${output.paint('yellow', `SAMPLE DATA, not the market: ${sample}`)}\n`);
}
