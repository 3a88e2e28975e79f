import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { filterPolicyOf } from '../../shared/subscriptions/filter-policy.ts';
import type { Config } from '../config.ts';

/**
 * Services of AWS that speak to the operators without us; key and topic have to let them. Of the topic it is asked for which
 * account they speak, but not of EventBridge, which does not say. Of the key it is asked of none: a condition that a service
 * does not meet silences it unseen, and who may not publish on the topic has no use for the key.
 */
const SPEAKERS = [
  { name: 'CloudWatch', service: 'cloudwatch.amazonaws.com', saysAccount: true },
  { name: 'Scheduler', service: 'scheduler.amazonaws.com', saysAccount: true },
  { name: 'EventBridge', service: 'events.amazonaws.com', saysAccount: false },
];

/**
 * Two topics under one key of our own: alerts for subscribers, and alarms for who runs this. With the key that AWS
 * manages for SNS, what CloudWatch, EventBridge and the scheduler publish would vanish.
 */
export class Topics extends Construct {
  readonly alerts: Topic;
  readonly operators: Topic;
  readonly key: Key;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const removalPolicy = config.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = new Key(this, 'Key', {
      description: 'Tidemark: messages on the topics',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.alerts = new Topic(this, 'Alerts', { masterKey: this.key, enforceSSL: true });
    this.alerts.applyRemovalPolicy(removalPolicy);
    this.operators = new Topic(this, 'Operators', { masterKey: this.key, enforceSSL: true });
    this.letServicesSpeak();
    if (config.alertEmail !== null) this.subscribeToAlerts(config.alertEmail);
    if (config.operatorEmail !== null) this.subscribeOperator(config.operatorEmail);
  }

  /** Lets a function publish alerts. */
  grantPublishAlerts(grantee: IGrantable): void {
    this.grantPublish(grantee, this.alerts);
  }

  /** Lets a function write to the operators. */
  grantTellOperators(grantee: IGrantable): void {
    this.grantPublish(grantee, this.operators);
  }

  /** Lets a function read who is subscribed and what limits SMS; SNS knows no narrower resource for most of it. */
  grantReadSubscriptions(grantee: IGrantable): void {
    const { topicArn } = this.alerts;
    allow(grantee, ['sns:ListSubscriptionsByTopic'], topicArn);
    const account = [
      'sns:CheckIfPhoneNumberIsOptedOut',
      'sns:GetSMSAttributes',
      'sns:GetSMSSandboxAccountStatus',
      'sns:GetSubscriptionAttributes',
    ];
    allow(grantee, account, '*');
  }

  /** Lets a function subscribe people, and change or end what they asked for. */
  grantSubscribe(grantee: IGrantable): void {
    const { topicArn } = this.alerts;
    const topic = ['sns:ConfirmSubscription', 'sns:ListSubscriptionsByTopic', 'sns:Subscribe'];
    allow(grantee, topic, topicArn);
    // Of a subscription already made SNS knows no narrower resource.
    const subscription = [
      'sns:CheckIfPhoneNumberIsOptedOut',
      'sns:GetSubscriptionAttributes',
      'sns:SetSubscriptionAttributes',
      'sns:Unsubscribe',
    ];
    allow(grantee, subscription, '*');
  }

  /** Hands everything said on the topic of the alerts over to a queue as well. */
  feed(queue: Queue): void {
    const { topicArn } = this.alerts;
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlertsArrive',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': topicArn } },
      }),
    );
    new CfnSubscription(this, 'Mails', { topicArn, protocol: 'sqs', endpoint: queue.queueArn });
  }

  private grantPublish(grantee: IGrantable, topic: Topic): void {
    allow(grantee, ['sns:Publish'], topic.topicArn);
    allow(grantee, ['kms:Decrypt', 'kms:GenerateDataKey'], this.key.keyArn);
  }

  private letServicesSpeak(): void {
    const ours = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    for (const { name, service, saysAccount } of SPEAKERS) {
      const principals = [new ServicePrincipal(service)];
      this.key.addToResourcePolicy(
        new PolicyStatement({
          principals,
          sid: `${name}Encrypts`,
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          resources: ['*'],
        }),
      );
      this.operators.addToResourcePolicy(
        new PolicyStatement({
          principals,
          ...(saysAccount ? { conditions: ours } : {}),
          sid: `${name}Publishes`,
          actions: ['sns:Publish'],
          resources: [this.operators.topicArn],
        }),
      );
    }
  }

  /** Everything, as single messages: what `tidemark subscribe` would ask for without further words. */
  private subscribeToAlerts(endpoint: string): void {
    new CfnSubscription(this, 'AlertEmail', {
      topicArn: this.alerts.topicArn,
      protocol: 'email',
      endpoint,
      filterPolicy: filterPolicyOf({ rules: ['*'], severity: 'info', form: 'single' }),
    });
  }

  private subscribeOperator(endpoint: string): void {
    new CfnSubscription(this, 'OperatorEmail', {
      topicArn: this.operators.topicArn,
      protocol: 'email',
      endpoint,
    });
  }
}

function allow(grantee: IGrantable, actions: string[], resource: string): void {
  grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
}
