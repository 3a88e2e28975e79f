import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sesEndpoint, sesSender } from '../../../adapters/mail/ses.ts';
import type { OutgoingMail } from '../../../shared/ports/mail.ts';

const MAIL: OutgoingMail = {
  to: 'ann@example.com',
  subject: 'Small caps',
  text: 'Plain.\n',
  html: '<p>Rich.</p>',
  pictures: [{ id: 'line-1@tidemark', png: Uint8Array.of(1, 2, 3) }],
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
};

const asked: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
let answer = { status: 200, type: '', body: '{"MessageId":"0100"}' };
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => {
    body += part.toString();
  });
  request.on('end', () => {
    asked.push({ path: request.url ?? '', headers: request.headers, body });
    if (answer.status === 0) return request.socket.destroy();
    response.writeHead(answer.status, { 'x-amzn-errortype': answer.type });
    return response.end(answer.body);
  });
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const sender = (replyTo: string | null = null) =>
  sesSender({
    caller: async () => ({
      region: 'us-east-1',
      accessKeyId: 'AKID',
      secretAccessKey: 'S',
      sessionToken: null,
    }),
    clock: () => Date.UTC(2026, 0, 12, 22, 30),
    endpoint: sesEndpoint({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }),
    from: 'alerts@example.com',
    replyTo,
  });

describe('sending through SES', () => {
  it('hands over text, HTML, pictures by their names, headers, sender and where answers go', async () => {
    answer = { status: 200, type: '', body: '{"MessageId":"0100"}' };
    expect(await sender('desk@example.com').send(MAIL)).toEqual({ kind: 'sent', id: '0100' });
    const { path, headers, body } = asked.at(-1) ?? { path: '', headers: {}, body: '{}' };
    expect(path).toBe('/v2/email/outbound-emails');
    expect(headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/20260112\/us-east-1\/ses\/aws4_request, SignedHeaders=content-type;host;x-amz-date, /,
    );
    const utf8 = { Charset: 'UTF-8' };
    expect(JSON.parse(body)).toEqual({
      FromEmailAddress: 'Tidemark <alerts@example.com>',
      ReplyToAddresses: ['desk@example.com'],
      Destination: { ToAddresses: ['ann@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Small caps', ...utf8 },
          Body: { Text: { Data: 'Plain.\n', ...utf8 }, Html: { Data: '<p>Rich.</p>', ...utf8 } },
          Headers: [{ Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' }],
          Attachments: [
            {
              ...{ RawContent: 'AQID', ContentDisposition: 'INLINE', ContentId: 'line-1@tidemark' },
              ...{ ContentType: 'image/png', ContentTransferEncoding: 'BASE64', FileName: 'line-1.png' },
            },
          ],
        },
      },
    });
  });

  it.each([
    [400, 'MessageRejected', 'permanent'],
    [400, 'MailFromDomainNotVerifiedException:http://internal', 'permanent'],
    [400, 'LimitExceededException', 'retryable'],
    [400, 'SendingPausedException', 'retryable'],
    [403, 'AccessDeniedException', 'retryable'],
    [429, 'TooManyRequestsException', 'retryable'],
    [500, 'InternalFailure', 'unknown'],
    [0, '', 'unknown'],
  ] as const)('takes %s %s for %s, and repeats nothing that names an address', async (status, type, kind) => {
    answer = { status, type, body: '{"message":"Email address ann@example.com is not verified"}' };
    const mailed = await sender().send(MAIL);
    expect(mailed.kind).toBe(kind);
    expect(JSON.stringify(mailed)).not.toContain('@');
  });

  it('finds SES in its region', () => {
    expect(sesEndpoint({})('eu-west-1')).toBe('https://email.eu-west-1.amazonaws.com');
    expect(sesEndpoint({})('cn-north-1')).toBe('https://email.cn-north-1.amazonaws.com.cn');
  });
});
