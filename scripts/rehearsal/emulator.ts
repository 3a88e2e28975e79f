import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LONGEST_ANSWER = 50_000_000;

/** One call of an API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** The operation, for services that name it in a header. */
  readonly target?: string;
  readonly body?: unknown;
}

/** A running emulator with the stack deployed on it. */
export interface Emulator {
  readonly outputs: Readonly<Record<string, string>>;
  readonly endpoint: string;
  /** Runs a command in the emulator's environment and returns what it printed. Throws where it fails. */
  command(file: string, ...parameters: readonly string[]): Promise<string>;
  /** The names of the stack's schedules. */
  schedules(): Promise<readonly string[]>;
  /** Fires a schedule's own target and waits for it. Throws where the target failed. */
  fire(schedule: string): Promise<void>;
  /** Calls an API of AWS as the administrator, for services whose client the project does not have. */
  request(service: string, call: Call): Promise<unknown>;
  /** What the emulator holds of a kind of resource, as its inspection page tells. */
  inspect(service: string, kind: string): Promise<readonly Record<string, unknown>[]>;
  down(): void;
}

/** Why there is nothing to rehearse on; null where there is. */
export function reasonNotToRehearse(tools: string): string | null {
  if (!existsSync(join(tools, 'up'))) return `the rehearsal folder is not at ${tools}`;
  try {
    execFileSync('python3', ['-c', 'import boto3, moto.server'], { stdio: 'ignore' });
    return null;
  } catch {
    return "python3 with moto is missing (pip install 'moto[server]>=5.2' boto3)";
  }
}

/** What the emulator knows nothing of: pages and their files are looked at in the template, not here. */
const UNKNOWN_THERE = [
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::Cognito::ManagedLoginBranding',
  'Custom::CDKBucketDeployment',
  'Custom::S3AutoDeleteObjects',
].flatMap((type) => ['--accept-type', type]);

/** Starts the emulator and deploys what was synthesized into `assembly`. Throws with the tool's words where it fails. */
export async function startEmulator(tools: string, home: string, assembly: string): Promise<Emulator> {
  const environment: NodeJS.ProcessEnv = { ...process.env, REHEARSAL_HOME: home };
  const up = await run(join(tools, 'up'), ['--iam', ...UNKNOWN_THERE, assembly], { env: environment });
  for (const line of up.stdout.split('\n')) {
    const [, name, value] = /^export (\w+)='?([^']*)'?$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) environment[name] = value;
  }
  const endpoint = environment['AWS_ENDPOINT_URL'] ?? '';
  Object.assign(process.env, environment);
  await keepInspectable(endpoint);
  const command = async (file: string, ...parameters: readonly string[]): Promise<string> =>
    (await run(file, [...parameters], { env: environment, maxBuffer: LONGEST_ANSWER })).stdout;
  const [outputs = {}] = Object.values(
    JSON.parse(readFileSync(environment['REHEARSAL_OUTPUTS'] ?? '', 'utf8')) as Record<
      string,
      Record<string, string>
    >,
  );
  return {
    outputs,
    endpoint,
    command,
    async schedules() {
      const listed = await command(join(tools, 'fire'), '--list');
      return listed.split('\n').flatMap((line) => line.split('\t')[0] || []);
    },
    async fire(schedule) {
      await command(join(tools, 'fire'), schedule);
    },
    request: (service, call) => requestTo(environment, service, call),
    async inspect(service, kind) {
      const answer = await fetch(`${endpoint}/moto-api/data.json`);
      const all = (await answer.json()) as Record<string, Record<string, Record<string, unknown>[]>>;
      return all[service]?.[kind] ?? [];
    },
    down: () => void execFileSync(join(tools, 'down'), [home], { stdio: 'ignore' }),
  };
}

/**
 * Large archives are uploaded in parts, and when its inspection page is asked the emulator takes each for an object that was
 * just restored, into a bucket it does not know: so nothing is ever restored.
 */
async function keepInspectable(endpoint: string): Promise<void> {
  const transition = { progression: 'manual', times: 1_000_000 };
  await fetch(`${endpoint}/moto-api/state-manager/set-transition`, {
    method: 'POST',
    body: JSON.stringify({ model_name: 's3::keyrestore', transition }),
  });
}

/** One call. Throws with the service's words where it fails. */
async function requestTo(
  environment: NodeJS.ProcessEnv,
  service: string,
  { method, path, target, body }: Call,
): Promise<unknown> {
  const answer = await fetch(`${environment['AWS_ENDPOINT_URL']}${path}`, {
    method,
    headers: {
      authorization: unsigned(environment, service),
      'content-type': target === undefined ? 'application/json' : 'application/x-amz-json-1.1',
      ...(target === undefined ? {} : { 'x-amz-target': target }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const failed = !answer.ok || answer.headers.get('x-amz-function-error') !== null;
  if (failed) throw new Error(`${service} ${path}: ${text}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** The emulator looks for the key of a known user and does not check signatures. */
function unsigned(environment: NodeJS.ProcessEnv, service: string): string {
  const scope = `20260101/${environment['AWS_REGION']}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${environment['AWS_ACCESS_KEY_ID']}/${scope}, SignedHeaders=host, Signature=0`;
}
