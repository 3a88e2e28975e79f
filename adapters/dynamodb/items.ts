import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as the table has it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Shorter texts gain nothing from compression. */
const SHORT = 256;

/** A text attribute; empty where there is none. */
export function textOf(item: Item, name: string): string {
  return item[name]?.S ?? '';
}

/** A number attribute; 0 where there is none. */
export function numberOf(item: Item | undefined, name: string): number {
  return Number(item?.[name]?.N ?? 0);
}

export function bytesOf(item: Item, name: string): Uint8Array {
  return item[name]?.B ?? new Uint8Array(0);
}

export function text(value: string): AttributeValue {
  return { S: value };
}

export function number(value: number): AttributeValue {
  return { N: String(value) };
}

export function bytes(value: Uint8Array): AttributeValue {
  return { B: value };
}

/** Bytes compressed: what is small costs fewer units. */
export function deflated(value: Uint8Array): AttributeValue {
  return { B: deflateRawSync(value) };
}

export function inflatedOf(item: Item, name: string): Uint8Array {
  return inflateRawSync(bytesOf(item, name));
}

/** A text of any length, compressed unless it is short. */
export function longText(value: string): AttributeValue {
  return value.length < SHORT ? text(value) : deflated(new TextEncoder().encode(value));
}

/** Reads back a `longText`. */
export function longTextOf(item: Item, name: string): string {
  return item[name]?.B === undefined ? textOf(item, name) : new TextDecoder().decode(inflatedOf(item, name));
}
