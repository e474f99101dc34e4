/**
 * The statement that makes a role nobody logs in as, where it is missing. Roles are the server's, not the database's:
 * another database of the same server may be making it at this moment.
 *
 * @param role a name that needs no quotes
 */
export const groupRoleMade = (role: string): string => `
  DO $$ BEGIN
    IF to_regrole('${role}') IS NULL THEN CREATE ROLE ${role} NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;
