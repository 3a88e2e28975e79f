import { describe, expect, it } from 'vitest';
import { environmentOf, minuteOf, NEEDS, readEnvironment, VARIABLES } from '../../lambdas/environment.ts';

const values = {
  service: 'Tidemark',
  table: 'table',
  alertTopic: 'topic',
  leaseSeconds: '180',
  deadline: '22:00',
};

describe('the environment of a function', () => {
  it('reads what the deployment sets', () => {
    const variables = environmentOf('deliver', values);
    expect(readEnvironment('deliver', { ...variables, PATH: '/bin', AWS_REGION: 'us-east-1' })).toEqual(
      values,
    );
  });

  it('tells in one error everything that is missing, empty or not its own', () => {
    const variables = {
      TIDEMARK_SERVICE: 'Tidemark',
      TIDEMARK_TABLE: '',
      TIDEMARK_TOPIC: 'x',
      TIDEMARK_DEADLINE: '22:00',
    };
    expect(() => readEnvironment('reconcile', variables)).toThrow(
      'environment of reconcile: missing or empty: TIDEMARK_TABLE, TIDEMARK_ALERT_TOPIC, TIDEMARK_OPERATOR_TOPIC; ' +
        'unknown: TIDEMARK_DEADLINE, TIDEMARK_TOPIC.',
    );
  });

  it('has no variable that no function needs', () => {
    const needed = new Set<string>(Object.values(NEEDS).flat());
    expect(Object.keys(VARIABLES).filter((name) => !needed.has(name))).toEqual([]);
  });

  it('reads a deadline as minutes after midnight', () => {
    expect(minuteOf('22:05')).toBe(1325);
  });
});
