import { rasteriser } from '../../adapters/mail/rasterise.ts';
import type { Compose } from '../../shared/ports/mail.ts';
import { type ComposeGround, composeMail } from '../../shared/service/mail/compose.ts';
import { storedInstruments } from '../../shared/service/stored-instruments.ts';

/** What mails on this machine are composed from. */
export type MailingGround = Omit<ComposeGround, 'rasterise'>;

const rasterise = rasteriser(() => new URL(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')));

/** Composes HTML mail from what is stored here, as the deployed service does from its table. */
export function localComposer(ground: MailingGround): Compose {
  return async (key) => {
    const market = await storedInstruments(ground.observations, ground.market);
    return await composeMail({ ...ground, market, rasterise }, key);
  };
}
