#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { registerAgreement } from './agreement.js';
import { registerBackup } from './backup.js';
import { registerDemo } from './demo.js';
import { registerImport } from './import.js';
import { registerDatabases } from './migrate-databases.js';
import { registerMigrate } from './migrate.js';
import { registerPublication } from './publication.js';
import { registerRebuild } from './rebuild.js';
import { registerRestore } from './restore.js';
import { registerSimulate } from './simulate.js';
import { registerToken } from './token.js';
import { registerVerify } from './verify.js';

const program = new Command('nachweis')
  .description('Audit ledger for data that agencies share with each other')
  .exitOverride();

for (const register of [
  registerVerify,
  registerToken,
  registerSimulate,
  registerImport,
  registerDemo,
  registerBackup,
  registerRestore,
  registerMigrate,
  registerRebuild,
  registerDatabases,
  registerAgreement,
  registerPublication,
]) {
  register(program, process.env);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 1 ? exitCodes.wrongUse : error.exitCode;
  } else {
    process.stderr.write(`nachweis: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.failure;
  }
}
