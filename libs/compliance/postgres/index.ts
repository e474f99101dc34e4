export * from './compare-generations.js';
export {
  activeGeneration,
  createGeneration,
  dropGeneration,
  GenerationRefused,
  isBuiltBy,
  listGenerations,
  rollback,
  switchTo,
  type Generation,
} from './generations.js';
export { migrateViews, type MigrateViews } from './migrate-views.js';
export { openPostgresViews, type OpenPostgresViews } from './postgres-views.js';
