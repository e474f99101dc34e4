export { migrateCoordination, PostgresCoordination } from './postgres-coordination.js';
