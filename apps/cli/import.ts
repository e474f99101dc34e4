import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import type { AgencyId } from '#kernel';
import type { AgencyNames } from './import/fhir-audit-event.js';
import { isNotRecorded, isWrongUse, ledgerClient, notRecorded, type LedgerOptions } from './ledger-access.js';
import type { Environment } from './ledger-settings.js';
import { WrongUse } from './wrong-use.js';

interface ImportOptions extends LedgerOptions {
  readonly format: string;
  readonly agency: readonly string[];
}

const help = `
Formats:
  fhir-auditevent   FHIR R4 AuditEvents (IHE Basic Audit Log Patterns): one a line, a list, or a Bundle
Says of every record what became of it and which of its fields were not carried over. Importing again changes nothing.
  everything is recorded          exit code 0
  something was refused, or the ledger did not answer   exit code 1
  something could not be mapped   exit code 2
Wrong use: 64.`;

const notMapped = 2;

/** `nachweis import`: records what the logs of another system say. */
export function registerImport(program: Command, environment: Environment): void {
  program
    .command('import')
    .description('record the audit events of another system')
    .argument('<file>', 'the file to read')
    .requiredOption('--format <name>', 'what the file holds')
    .option(
      '--agency <[name=]id>',
      'the agency that records; with name=, the agency behind a name of the source; repeatable',
      (given: string, before: readonly string[]) => [...before, given],
      [],
    )
    .option('--url <url>', 'the ledger; without it, the one of this machine')
    .option('--token-file <file>', 'bearer tokens, one a line; without it, tokens are minted from NACHWEIS_DATA')
    .addHelpText('after', help)
    .action(async (file: string, options: ImportOptions, command: Command) => {
      try {
        await importFile(file, options, environment);
      } catch (error) {
        if (isWrongUse(error)) command.error(`nachweis import: ${error.message}`, { exitCode: exitCodes.wrongUse });
        if (!isNotRecorded(error)) throw error;
        process.stderr.write(`nachweis import: ${error.message}\n`);
        process.exitCode = notRecorded;
      }
    });
}

async function importFile(file: string, options: ImportOptions, environment: Environment): Promise<void> {
  if (options.format !== 'fhir-auditevent') throw new WrongUse('--format is fhir-auditevent');
  const names = await agencyNames(options.agency);
  const client = await ledgerClient(options, environment);
  const { mapAuditEvent } = await import('./import/fhir-audit-event.js');
  const { importRecords } = await import('./import/import-records.js');
  const { recordsOf } = await import('./import/record-file.js');
  const { systemClock: clock } = await import('./system-clock.js');
  const { recorded, known, unmapped, refused } = await importRecords({
    records: recordsOf(file),
    map: (value) => mapAuditEvent(value, names),
    client,
    clock,
    report: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(
    `${recorded} recorded, ${known} known already, ${unmapped} not imported, ${refused} refused by the ledger\n`,
  );
  process.exitCode = refused > 0 ? notRecorded : unmapped > 0 ? notMapped : 0;
}

/** @throws WrongUse for what is not an agency id, and for two agencies that would each record everything */
async function agencyNames(given: readonly string[]): Promise<AgencyNames> {
  const { isAgencyId } = await import('#kernel');
  const agencyId = (text: string): AgencyId => {
    if (!isAgencyId(text)) throw new WrongUse('an agency id has lower-case letters, digits, dots and hyphens');
    return text;
  };
  const byName = new Map(
    given.flatMap((text) => {
      const end = text.lastIndexOf('=');
      return end === -1 ? [] : [[text.slice(0, end), agencyId(text.slice(end + 1))] as const];
    }),
  );
  const [all, ...more] = given.filter((text) => !text.includes('='));
  if (more.length > 0) throw new WrongUse('only one --agency may be without a name');
  return { byName, ...(all !== undefined && { all: agencyId(all) }) };
}
