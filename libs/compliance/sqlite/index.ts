export { openSqliteViews } from './sqlite-views.js';
