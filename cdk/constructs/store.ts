import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TABLE } from '../../shared/service/table.ts';
import type { Config } from '../config.ts';

/** The partition of the small records. */
const RECORDS = 'RECORD';

/** A key: all of them are texts. */
const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table: encrypted, recoverable to any second of the last 35 days, with a stream that tells what was written. */
export class Store extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { removal }: Pick<Config, 'removal'>) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: text(TABLE.partitionKey),
      sortKey: text(TABLE.sortKey),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // The keys wake whoever delivers; what to send he reads for himself.
      dynamoStream: StreamViewType.KEYS_ONLY,
      deletionProtection: removal === 'retain',
      removalPolicy: removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      globalSecondaryIndexes: [
        {
          indexName: TABLE.due.name,
          partitionKey: text(TABLE.due.partitionKey),
          sortKey: text(TABLE.due.sortKey),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...TABLE.due.includes],
        },
      ],
    });
  }

  /** Lets a function make exactly these calls on the table, and on nothing else. */
  grant(grantee: IGrantable, ...actions: readonly TableAction[]): void {
    this.allow(grantee, actions, this.table.tableArn);
  }

  /** Lets a function ask for the alerts that are due. */
  grantDue(grantee: IGrantable): void {
    this.allow(grantee, ['Query'], `${this.table.tableArn}/index/${TABLE.due.name}`);
  }

  /** Lets a function make these calls on the small records alone, and see neither data nor alerts. */
  grantRecords(grantee: IGrantable, ...actions: readonly TableAction[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [RECORDS] } },
      }),
    );
  }

  /** Lets a function be woken by the table's stream. */
  grantStream(grantee: IGrantable): void {
    this.allow(grantee, ['DescribeStream', 'GetRecords', 'GetShardIterator'], this.streamArn);
    // Lambda lists the streams of the table before it reads one; that call knows no single stream.
    this.allow(grantee, ['ListStreams'], `${this.table.tableArn}/stream/*`);
  }

  get streamArn(): string {
    const arn = this.table.tableStreamArn;
    if (arn === undefined) throw new Error('the table has no stream');
    return arn;
  }

  private allow(grantee: IGrantable, actions: readonly string[], resource: string): void {
    const statement = new PolicyStatement({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [resource],
    });
    grantee.grantPrincipal.addToPrincipalPolicy(statement);
  }
}

/** Calls the adapters make; there are no scans and no transactions; only ingest deletes, what it needs to remember no more. */
export type TableAction = 'BatchGetItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';
