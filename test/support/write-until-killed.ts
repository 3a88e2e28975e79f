import { createDynamoRecords } from '../../adapters/dynamodb/records.ts';
import { startEmbeddedDynamoDb } from '../../local/embedded-dynamodb.ts';

/** Run as a process of its own: writes records into the store of a folder and names each once it is acknowledged. */
const [folder = ''] = process.argv.slice(2);
const records = createDynamoRecords(await startEmbeddedDynamoDb(folder));
for (let number = 0; ; number += 4) {
  const names = [0, 1, 2, 3].map((offset) => `record-${number + offset}`);
  await Promise.all(
    names.map(async (name) => {
      await records.write(name, `value of ${name}`, 0);
      process.stdout.write(`${name}\n`);
    }),
  );
}
