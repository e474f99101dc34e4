import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import type { Environment } from './ledger-settings.js';

interface TokenOptions {
  readonly agency: string;
  readonly role: string;
  readonly competentFor?: string;
  readonly subject: string;
  readonly hours: string;
}

const help = `
Prints the token and nothing else, for example:
  curl -H "Authorization: Bearer $(npx nachweis token --agency police.example --role agency)" ...
It is signed with the key in NACHWEIS_DATA, for the ledger of that folder.
Wrong use: exit code 64.`;

/** `nachweis token`: mints a bearer token of the embedded profile. */
export function registerToken(program: Command, environment: Environment): void {
  program
    .command('token')
    .description('mint a bearer token for the ledger of this machine')
    .requiredOption('--agency <id>', 'the body the caller belongs to')
    .requiredOption('--role <role>', 'agency, dpo, regulator or operator')
    .option('--competent-for <ids>', 'for a regulator: the agencies it supervises, separated by commas')
    .option('--subject <name>', 'the person or system that calls', 'nachweis-token')
    .option('--hours <hours>', 'how long the token is good', '12')
    .addHelpText('after', help)
    .action(async (options: TokenOptions, command: Command) => {
      try {
        process.stdout.write(`${await mintToken(options, environment)}\n`);
      } catch (error) {
        if (!(error instanceof Error) || !wrongUses.includes(error.name)) throw error;
        command.error(`nachweis token: ${error.message}`, { exitCode: exitCodes.wrongUse });
      }
    });
}

const wrongUses = ['InvalidClaims', 'InvalidConfig', 'RangeError'];

async function mintToken(options: TokenOptions, environment: Environment): Promise<string> {
  const { callerOf, TokenIssuer } = await import('#access');
  const { ledgerSettings } = await import('./ledger-settings.js');
  const { systemClock } = await import('./system-clock.js');
  const { agency, role, subject, hours, competentFor } = options;
  const caller = callerOf({
    sub: subject,
    role,
    agency,
    ...(competentFor && { competent_for: competentFor.split(',') }),
  });
  const { keys: directory, origin } = ledgerSettings(environment);
  const issuer = await TokenIssuer.open({ directory, issuer: origin, audience: origin, clock: systemClock });
  return issuer.mint({ ...caller, lifetime: Math.round(Number(hours) * 60 * 60) });
}
