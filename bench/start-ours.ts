/** A process that decides from the store as it is: started by `start.ts`, bundled as a function is. */
import { createDynamoObservations } from '../adapters/dynamodb/observations.ts';
import { decide, openTable } from './start/decide.ts';

const connection = openTable();
await decide(connection, createDynamoObservations(connection));
