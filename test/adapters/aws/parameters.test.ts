import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parametersEndpoint, readParameters } from '../../../adapters/aws/parameters.ts';
import { signedHeaders } from '../../../adapters/aws/signed-call.ts';

const NOW = Date.UTC(2026, 0, 12, 22, 20);
const CALLER = {
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'made-up-secret',
  sessionToken: 'made-up-token',
};

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A Systems Manager that gives these answers one after the other. */
async function manager(...answers: readonly { readonly status: number; readonly body: unknown }[]) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString();
    });
    request.on('end', () => {
      const answer = answers[Math.min(got.length, answers.length - 1)];
      got.push({ headers: request.headers, body: JSON.parse(text) });
      response.writeHead(answer?.status ?? 500).end(JSON.stringify(answer?.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { got, ground: { caller: CALLER, clock: () => NOW, endpoint } };
}

const parameter = (name: string, value: string) => ({ Name: `/Tidemark/providers/${name}`, Value: value });

describe('a signed call', () => {
  it('is signed as the SDK signs it', () => {
    const { authorization } = signedHeaders(
      CALLER,
      {
        host: 'ssm.us-east-1.amazonaws.com',
        service: 'ssm',
        target: 'AmazonSSM.GetParametersByPath',
        body: '{"Path":"/Tidemark/providers"}',
      },
      NOW,
    );
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260112/us-east-1/ssm/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, ' +
        'Signature=8561a7754c6d140abf0f7b866b2e0d5b9969ab923238ac53c205950318161e91',
    );
  });
});

describe('parameters', () => {
  it('are read page by page, decrypted, by the last part of their names', async () => {
    const { got, ground } = await manager(
      { status: 200, body: { Parameters: [parameter('FRED_API_KEY', 'one')], NextToken: 'more' } },
      { status: 200, body: { Parameters: [parameter('TIINGO_API_KEY', 'two')] } },
    );
    expect(await readParameters('/Tidemark/providers', ground)).toEqual({
      FRED_API_KEY: 'one',
      TIINGO_API_KEY: 'two',
    });
    expect(got.map(({ body }) => body)).toEqual([
      { Path: '/Tidemark/providers', WithDecryption: true },
      { Path: '/Tidemark/providers', WithDecryption: true, NextToken: 'more' },
    ]);
    expect(got[0]?.headers['x-amz-target']).toBe('AmazonSSM.GetParametersByPath');
  });

  it('are asked for again where the service stumbles, and not where it refuses', async () => {
    const busy = { status: 400, body: { __type: 'ThrottlingException' } };
    const fine = { status: 200, body: { Parameters: [] } };
    const stumbling = await manager(busy, { status: 500, body: {} }, fine);
    expect(await readParameters('/Tidemark/providers', stumbling.ground)).toEqual({});
    const denied = { status: 400, body: { __type: 'com.amazon#AccessDeniedException', Message: 'one' } };
    const refusing = await manager(denied);
    await expect(readParameters('/Tidemark/providers', refusing.ground)).rejects.toThrow(
      'parameters cannot be read: 400 AccessDeniedException',
    );
    expect(refusing.got).toHaveLength(1);
  });

  it('are at the endpoint of the region, or where the environment says', () => {
    expect(parametersEndpoint({ AWS_REGION: 'eu-west-1' })).toBe('https://ssm.eu-west-1.amazonaws.com');
    expect(parametersEndpoint({ AWS_REGION: 'cn-north-1' })).toBe('https://ssm.cn-north-1.amazonaws.com.cn');
    expect(parametersEndpoint({ AWS_ENDPOINT_URL: 'http://127.0.0.1:5000/' })).toBe('http://127.0.0.1:5000');
  });
});
