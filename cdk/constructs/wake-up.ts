import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type IScheduleTarget,
  Schedule,
  ScheduleExpression,
  type ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Stack, TimeZone } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ZONE } from '../schedules.ts';

/** Whom the schedules of one function wake, and as whom. */
export interface WakeUpProps {
  readonly group: ScheduleGroup;
  readonly target: IFunction;
  /** What could not be handed over in all attempts. */
  readonly undelivered: Queue;
}

const RETRIES = 10;
const HOUR_SECONDS = 3600;

/** The schedules of one function, all in New York's time, under one role that may invoke that function only. */
export class WakeUp extends Construct {
  private readonly target: IFunction;
  private readonly group: ScheduleGroup;
  private readonly undelivered: Queue;
  private readonly role: Role;

  constructor(scope: Construct, id: string, { group, target, undelivered }: WakeUpProps) {
    super(scope, id);
    this.target = target;
    this.group = group;
    this.undelivered = undelivered;
    this.role = new Role(this, 'Role', {
      // Only our own schedules may borrow the role (the confused deputy).
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.may('lambda:InvokeFunction', target.functionArn);
    this.may('sqs:SendMessage', undelivered.queueArn);
  }

  /** Wakes the function at these times with this input. */
  at(id: string, expression: string, input: Readonly<Record<string, string>>): void {
    new Schedule(this, id, {
      scheduleGroup: this.group,
      schedule: ScheduleExpression.expression(expression, TimeZone.of(ZONE)),
      target: this.targetWith(input),
    });
  }

  /** CDK's own target would let the role invoke every version and alias of the function too. */
  private targetWith(input: Readonly<Record<string, string>>): IScheduleTarget {
    return {
      bind: () => ({
        arn: this.target.functionArn,
        role: this.role,
        input: ScheduleTargetInput.fromObject(input),
        deadLetterConfig: { arn: this.undelivered.queueArn },
        retryPolicy: { maximumRetryAttempts: RETRIES, maximumEventAgeInSeconds: HOUR_SECONDS },
      }),
    };
  }

  private may(action: string, resource: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  }
}
