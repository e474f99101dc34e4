export { ledgersPool, migrateCoordination, PostgresCoordination } from './postgres-coordination.js';
