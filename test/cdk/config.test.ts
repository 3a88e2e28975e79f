import { describe, expect, it } from 'vitest';
import { readConfig, stackName } from '../../cdk/config.ts';
import { INGEST_RUNS } from '../../cdk/schedules.ts';

const read = (context: Record<string, unknown>) => readConfig(context);

describe('readConfig', () => {
  it('needs no setting: the deployment is prod, kept when destroyed, due at 22:00', () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        stage: 'prod',
        removal: 'retain',
        alertEmail: null,
        operatorEmail: null,
        schedules: INGEST_RUNS,
        deadline: '22:00',
        mail: null,
      },
    });
  });

  it('destroys everything of stage dev, unless told to keep it', () => {
    expect(read({ stage: 'dev' })).toMatchObject({ value: { removal: 'destroy' } });
    expect(read({ stage: 'dev', removal: 'retain' })).toMatchObject({ value: { removal: 'retain' } });
  });

  it('tells operators at the address of the alerts, unless they have one of their own', () => {
    expect(read({ alertEmail: 'a@example.com' })).toMatchObject({
      value: { operatorEmail: 'a@example.com' },
    });
    expect(read({ alertEmail: 'a@example.com', operatorEmail: 'b@example.com' })).toMatchObject({
      value: { operatorEmail: 'b@example.com' },
    });
  });

  it('sends HTML mail from an address that is named, and only then takes one for answers', () => {
    expect(read({ mailFrom: 'alerts@example.com' })).toMatchObject({
      value: { mail: { from: 'alerts@example.com', replyTo: null } },
    });
    expect(read({ mailFrom: 'alerts@example.com', mailReplyTo: 'desk@example.com' })).toMatchObject({
      value: { mail: { replyTo: 'desk@example.com' } },
    });
    expect(read({ mailReplyTo: 'desk@example.com' })).toMatchObject({ ok: false });
    expect(read({ mailFrom: 'alerts' })).toMatchObject({ ok: false });
  });

  it('takes the time of one run from a JSON text and keeps the others', () => {
    const value = read({ schedules: '{"morning":"cron(0 9 ? * TUE-SAT *)"}' });
    expect(value).toMatchObject({
      value: { schedules: { ...INGEST_RUNS, morning: 'cron(0 9 ? * TUE-SAT *)' } },
    });
  });

  it('tells everything that is wrong at once, with the setting and what was expected', () => {
    const refused = read({
      stage: 'Prod!',
      removal: 'keep',
      alertEmail: 'nobody',
      deadline: '10pm',
      schedules: '{"morning":"cron(0 25 ? * * *)","noon":"cron(0 12 ? * * *)"}',
    });
    if (refused.ok) throw new Error('expected errors');
    expect(refused.errors).toHaveLength(6);
    const text = refused.errors.join('\n');
    expect(text).toContain('-c stage: expected up to 16 lower-case letters');
    expect(text).toContain('-c removal: expected retain or destroy');
    expect(text).toContain('-c alertEmail: expected an e-mail address');
    expect(text).toContain('-c deadline: expected HH:MM in New York');
    expect(text).toContain('-c schedules.morning: hours cannot be 25: expected 0 to 23');
  });

  it('says what a time of a run looks like where it is no text', () => {
    expect(read({ schedules: '{"morning":9}' })).toEqual({
      ok: false,
      errors: ['-c schedules.morning: expected cron(…) as text'],
    });
  });

  it('takes a name that is nearly one of its own for a slip, and no other', () => {
    expect(read({ alertMail: 'a@example.com' })).toEqual({
      ok: false,
      errors: ['-c alertMail: there is no such setting; did you mean alertEmail?'],
    });
    expect(read({ '@aws-cdk/core:stage': true, 'cli-telemetry': false, owner: 'me' }).ok).toBe(true);
  });

  it('names the stack after the stage, prod without', () => {
    expect(stackName({ stage: 'prod' })).toBe('Tidemark');
    expect(stackName({ stage: 'dev' })).toBe('Tidemark-dev');
  });
});
