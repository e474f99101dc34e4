export * from './compare-generations.js';
export {
  createGeneration,
  dropGeneration,
  GenerationRefused,
  isBuiltBy,
  listGenerations,
  rollback,
  switchTo,
  takeUp,
  type Generation,
} from './generations.js';
export { migrateViews, type MigrateViews } from './migrate-views.js';
export { whileAlone } from './while-alone.js';
export { openPostgresViews, type OpenPostgresViews } from './postgres-views.js';
