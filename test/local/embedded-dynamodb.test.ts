import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { startEmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';
import { FolderInUseError, lockFolder } from '../../local/folder-lock.ts';

const WRITER = fileURLToPath(new URL('../support/write-until-killed.ts', import.meta.url));
const ACKNOWLEDGED = 100;

describe('the embedded DynamoDB', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-embedded-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds after an end and a start what was stored', async () => {
    const first = await startEmbeddedDynamoDb(folder);
    await createDynamoRecords(first).write('a', 'one', 0);
    await first.end();
    const second = await startEmbeddedDynamoDb(folder);
    expect(await createDynamoRecords(second).read('a')).toEqual({ value: 'one', revision: 1 });
    await second.end();
    expect(readdirSync(folder)).not.toContain('lock');
  });

  it('refuses a folder that is in use, in one line, and leaves its owner alone', async () => {
    const first = await startEmbeddedDynamoDb(folder);
    const refusal = await startEmbeddedDynamoDb(folder).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FolderInUseError);
    expect((refusal as Error).message).toMatch(/^.* is in use by process \d+: .*$/);
    expect(await createDynamoRecords(first).write('a', 'one', 0)).toBe('written');
    await first.end();
    await (await startEmbeddedDynamoDb(folder)).end();
  });

  it('takes over what a dead process holds, and what is no lock at all', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const left of [`${pid} 12345`, '', 'nonsense', `${process.pid} 1`]) {
      writeFileSync(join(folder, 'lock'), left);
      const lock = lockFolder(folder);
      expect(readFileSync(join(folder, 'lock'), 'utf8')).toContain(`${process.pid} `);
      expect(() => lockFolder(folder)).toThrow(FolderInUseError);
      lock.release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('loses nothing acknowledged when its process is killed while it writes', async () => {
    const child = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === ACKNOWLEDGED) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(acknowledged.length).toBeGreaterThanOrEqual(ACKNOWLEDGED);
    const embedded = await startEmbeddedDynamoDb(folder);
    const stored = new Map(
      (await createDynamoRecords(embedded).list('')).map(({ name, value }) => [name, value]),
    );
    await embedded.end();
    expect(acknowledged.filter((name) => stored.get(name) !== `value of ${name}`)).toEqual([]);
  });
});
