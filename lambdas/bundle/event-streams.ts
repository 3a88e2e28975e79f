/**
 * Takes the place of the SDK's event streams in the bundles: no call that a function makes has one. Whatever asks for them
 * fails at once.
 */
export const eventStreamSerdeProvider = unwanted;
export const EventStreamSerde = unwanted;

function unwanted(): never {
  throw new Error('event streams are left out of the bundles: lambdas/bundle/');
}
