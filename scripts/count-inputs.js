// Counts what a quick entry asks of a person: of the bodies that the API's description shows, and of every template that
// the shipped agreements give to one of their parties. Run after a build.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countInputs, leastBodies } from '../dist/apps/ledger/quick-entries/count-inputs.js';
import { quickExamples } from '../dist/apps/ledger/openapi/quick-entries.js';
import { choicesOf, templatesOf } from '../dist/libs/compliance/assessments/index.js';

const agreements = join(import.meta.dirname, '../deploy/agreements');
const shipped = readdirSync(agreements)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(agreements, name), 'utf8')));
const ofShipped = shipped.flatMap((terms) =>
  terms.parties.flatMap((agency) =>
    templatesOf(agency, '2027-01-01T00:00:00.000Z', { agreementsInForce: () => [terms] })
      .flatMap((template) => choicesOf(template, agency))
      .flatMap(({ name, needs }) => leastBodies(name, needs).map((body) => [`${agency} ${name}`, body])),
  ),
);

for (const [name, body] of [...Object.entries(quickExamples), ...ofShipped]) {
  const { kind, inputs, most } = countInputs(body);
  const isWithin = inputs <= most;
  process.stdout.write(`${isWithin ? 'ok  ' : 'MORE'} ${name} (${kind}): ${inputs} of at most ${most} inputs\n`);
  if (!isWithin) process.exitCode = 1;
}
