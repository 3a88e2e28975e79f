import { describe, expect, it } from 'vitest';
import { memoryDelivery } from '../../../adapters/memory/delivery.ts';
import {
  ANN,
  type DeliveryUnderTest,
  describeSubscriptions,
  publicationOf,
} from '../../contracts/subscriptions.ts';

const HOUR = 3_600_000;

async function underTest(): Promise<DeliveryUnderTest> {
  let now = Date.UTC(2026, 0, 12);
  const { publisher, subscriptions, published } = memoryDelivery(() => now);
  const address = async (id: string) =>
    (await subscriptions.list()).find((one) => one.id === id)?.address ?? '';
  return {
    publisher,
    subscriptions,
    token: async (wanted) => (await subscriptions.list()).find((one) => one.address === wanted)?.id ?? '',
    pass: (hours) => {
      now += hours * HOUR;
    },
    reached: async (key) => {
      const ids = published
        .filter(({ publication }) => publication.key === key)
        .flatMap((one) => one.recipients);
      return Promise.all(ids.map(address));
    },
  };
}

describeSubscriptions('memory', underTest);

describe('delivery in memory', () => {
  it('shows a second publish of a key as a second one', async () => {
    const { publisher, subscriptions, published } = memoryDelivery(() => 0);
    await subscriptions.subscribe({
      channel: 'email',
      address: ANN,
      rules: ['*'],
      severity: 'info',
      form: 'single',
    });
    const publication = publicationOf('k', [{ rule: 'a', severity: 'info' }], 'single');
    await publisher.publish(publication);
    await publisher.publish(publication);
    expect(published.map(({ publishId }) => publishId)).toEqual(['memory-1', 'memory-2']);
  });
});
