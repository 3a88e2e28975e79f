// Lets a deployed function of the rehearsal believe that it is another time: preloaded by NODE_OPTIONS, it sets the clock
// to what the file named by REHEARSAL_CLOCK says, from where it runs on. The bundle itself is the deployed one.
import { readFileSync } from 'node:fs';

const RealDate = Date;

/** The rehearsed time for a real one. */
function rehearsed(now) {
  const { at, since } = JSON.parse(readFileSync(process.env.REHEARSAL_CLOCK, 'utf8'));
  return at + (now - since);
}

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [rehearsed(RealDate.now())] : parts));
  }

  static now() {
    return rehearsed(RealDate.now());
  }
};
