export {
  CoordinationRefused,
  ledgersPool,
  migrateCoordination,
  PostgresCoordination,
} from './postgres-coordination.js';
