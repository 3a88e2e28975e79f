import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../shared/service/table.ts';

/** What creates the table where no stack does: the embedded runtime and the tests. */
export function createTableInput(name: string): CreateTableCommandInput {
  const { partitionKey, sortKey, due } = TABLE;
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [partitionKey, sortKey, due.partitionKey, due.sortKey].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: [
      {
        IndexName: due.name,
        KeySchema: keySchema(due.partitionKey, due.sortKey),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...due.includes] },
      },
    ],
  };
}

function keySchema(partitionKey: string, sortKey: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}
