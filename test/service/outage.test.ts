import { describe, expect, it } from 'vitest';
import { chanceOf, storyOf } from './story.ts';
import { at, openService, RULES, rememberingLoader, type Service, session } from './world.ts';

const AFTER = 3;
const load = rememberingLoader();

/** Evenings up to a session, then none for a while, then the evening of the last session of the outage and some more. */
async function withOutage(seed: number, outage: number): Promise<Service> {
  const first = 2;
  const last = first + outage + AFTER;
  const service = await openService(storyOf(chanceOf(seed), last), RULES, load);
  for (let number = 0; number < last; number += 1) {
    const out = number >= first && number < first + outage - 1;
    if (!out) await service.run(at(number, '24:20'));
  }
  return service;
}

async function withoutOutage(seed: number, outage: number): Promise<Service> {
  const last = 2 + outage + AFTER;
  const service = await openService(storyOf(chanceOf(seed), last), RULES, load);
  for (let number = 0; number < last; number += 1) await service.run(at(number, '24:20'));
  return service;
}

const ids = async (service: Service) => (await service.told()).map(({ id }) => id);

describe('an outage', () => {
  it('of 1 to 30 sessions ends in the same alerts as none, the late ones marked and sent', async () => {
    for (const outage of [1, 2, 3, 5, 8, 13, 20, 29, 30]) {
      const out = await withOutage(outage, outage);
      expect(await ids(out)).toEqual(await ids(await withoutOutage(outage, outage)));
      for (const alert of await out.told()) {
        const late = alert.session >= session(2) && alert.session < session(2 + outage - 1);
        expect([alert.id, alert.late]).toEqual([alert.id, late]);
        expect((await out.alerts.get(alert.id))?.delivery).not.toMatchObject({ reason: 'history' });
      }
    }
  });

  it('of more sessions is recorded in full, and what is more than 30 sessions late is not sent', async () => {
    const out = await withOutage(7, 34);
    expect(await ids(out)).toEqual(await ids(await withoutOutage(7, 34)));
    const withheld: string[] = [];
    for (const alert of await out.told()) {
      const delivery = (await out.alerts.get(alert.id))?.delivery;
      // The first evening after the outage is that of session 35: session 4 is 31 sessions late.
      const history = alert.session >= session(2) && alert.session <= session(4);
      expect([alert.id, delivery?.kind === 'withheld' && delivery.reason === 'history']).toEqual([
        alert.id,
        history,
      ]);
      if (history) withheld.push(alert.id);
    }
    expect(withheld.length).toBeGreaterThan(0);
    const keys = out.delivery.published.map(({ publication }) => publication.key);
    expect(keys.filter((key) => withheld.includes(key))).toEqual([]);
  });
});
