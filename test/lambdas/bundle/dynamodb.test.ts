import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '../../../lambdas/bundle/dynamodb.ts';

interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let asked: Asked[] = [];
let answers: (readonly [status: number, body: string])[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      const [status, text] = answers.shift() ?? [500, '{}'];
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`);
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

beforeEach(() => {
  asked = [];
  answers = [];
});

const client = DynamoDBClient({ maxAttempts: 3, requestHandler: { requestTimeout: 2000 } });
const failure = (name: string): string =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'why' });

describe('the client of DynamoDB in the bundle of the API', () => {
  it('posts a signed operation as JSON 1.0 and reads the answer', async () => {
    answers = [[200, '{"Item":{"pk":{"S":"a"},"n":{"N":"1"}}}']];
    const command = new (GetItemCommand as never as new (input: unknown) => never)({
      ...{ TableName: 'table', Key: { pk: { S: 'a' } }, ConsistentRead: true, Nothing: undefined },
    });
    expect(await client.send(command)).toEqual({ Item: { pk: { S: 'a' }, n: { N: '1' } } });
    const [{ headers, body } = { headers: {}, body: '' }] = asked;
    expect(JSON.parse(body)).toEqual({ TableName: 'table', Key: { pk: { S: 'a' } }, ConsistentRead: true });
    expect(headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(headers['x-amz-target']).toBe('DynamoDB_20120810.GetItem');
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/us-east-1\/dynamodb\//);
  });

  it('sends bytes as base64 and gives them back as bytes, also from an attribute called B', async () => {
    const bytes = new Uint8Array([0, 1, 254, 255]);
    answers = [
      [200, '{}'],
      [200, '{"Item":{"B":{"B":"AAH+/w=="},"m":{"M":{"B":{"S":"text"}}}}}'],
    ];
    await client.send(PutItemCommand({ Item: { value: { B: bytes }, same: { B: Buffer.from(bytes) } } }));
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      Item: { value: { B: 'AAH+/w==' }, same: { B: 'AAH+/w==' } },
    });
    expect(await client.send(GetItemCommand({}))).toEqual({
      Item: { B: { B: bytes }, m: { M: { B: { S: 'text' } } } },
    });
  });

  it('tells a condition that did not hold from every other failure, and tries neither again', async () => {
    answers = [[400, failure('ConditionalCheckFailedException')]];
    await expect(client.send(PutItemCommand({}))).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    answers = [[400, failure('ValidationException')]];
    const other = client.send(PutItemCommand({}));
    await expect(other).rejects.toThrow('DynamoDB answered 400 ValidationException: why');
    await expect(other).rejects.not.toBeInstanceOf(ConditionalCheckFailedException);
    expect(asked).toHaveLength(2);
  });

  it('tries again what passes by itself, and gives up after as many attempts as it was told', async () => {
    answers = [
      [400, failure('ThrottlingException')],
      [500, '{}'],
      [200, '{"Items":[]}'],
    ];
    expect(await client.send(GetItemCommand({}))).toEqual({ Items: [] });
    expect(asked).toHaveLength(3);
    answers = [];
    await expect(client.send(GetItemCommand({}))).rejects.toThrow('DynamoDB answered 500');
    expect(asked).toHaveLength(6);
  });
});
