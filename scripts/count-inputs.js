// Counts what a quick entry asks of a person, from the bodies that the API's description shows. Run after a build.
import { countInputs } from '../dist/apps/ledger/quick-entries/count-inputs.js';
import { quickExamples } from '../dist/apps/ledger/openapi/quick-entries.js';

for (const [name, body] of Object.entries(quickExamples)) {
  const { kind, inputs, most } = countInputs(body);
  const isWithin = inputs <= most;
  process.stdout.write(`${isWithin ? 'ok  ' : 'MORE'} ${name} (${kind}): ${inputs} of at most ${most} inputs\n`);
  if (!isWithin) process.exitCode = 1;
}
