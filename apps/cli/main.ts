#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { registerVerify } from './verify.js';

const program = new Command('nachweis')
  .description('Audit ledger for data that agencies share with each other')
  .exitOverride();

for (const register of [registerVerify]) register(program);

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
