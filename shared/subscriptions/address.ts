import { parsePhoneNumberFromString } from 'libphonenumber-js';
import * as z from 'zod/mini';
import type { Channel } from '../ports/delivery.ts';
import { failure, type Result, success } from '../result.ts';

const EMAIL = z.email().check(z.maxLength(254));

/**
 * An address in the one form it is kept in: an e-mail address with its domain in lower case, a phone number in E.164. The
 * reason of a refusal does not repeat the address.
 */
export function readAddress(channel: Channel, text: string): Result<string, string> {
  return channel === 'email' ? readEmail(text.trim()) : readPhone(text.trim());
}

function readEmail(text: string): Result<string, string> {
  if (!EMAIL.safeParse(text).success)
    return failure('this is no e-mail address: expected one like name@example.com');
  const at = text.lastIndexOf('@');
  return success(text.slice(0, at) + text.slice(at).toLowerCase());
}

function readPhone(text: string): Result<string, string> {
  const number = text.startsWith('+') ? parsePhoneNumberFromString(text) : undefined;
  if (number === undefined || !number.isValid()) {
    return failure('this is no phone number: expected one with its country code, like +12025550123');
  }
  return success(number.number);
}

/** An address that people who know it recognise and others cannot use: `a…@example.com`, `+1…23`. */
export function maskAddress(channel: Channel, address: string): string {
  return channel === 'email' ? maskEmail(address) : maskPhone(address);
}

function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return '…';
  // A local part of one character would be the whole of it.
  const first = at > 1 ? (address.match(/^./u)?.[0] ?? '') : '';
  return `${first}…${address.slice(at)}`;
}

function maskPhone(address: string): string {
  const code = parsePhoneNumberFromString(address)?.countryCallingCode ?? '';
  const rest = address.slice(code.length + 1);
  return rest.length > 4 ? `+${code}…${rest.slice(-2)}` : '+…';
}
