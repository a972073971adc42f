import type { Database, Db } from './schema.ts';

/**
 * Runs prepared statements of `database`, with nothing awaited between them, which take half the time that kysely would. They
 * wait for its connection only while a transaction is open there, of which they would become a part.
 */
export const directly = async <Value>(db: Db, database: Database, run: () => Value): Promise<Value> =>
  database.inTransaction ? db.connection().execute(async () => run()) : run();
