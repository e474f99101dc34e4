import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  agenciesIn,
  basisOf,
  dataFaults,
  entryTypes,
  isMissing,
  isObject,
  languages,
  regimeChangeOf,
  textIn,
} from '#catalogue';
import { agreementAsText, leftOpen } from '#compliance/agreements';
import { expand, readQuickEntry } from '#compliance/assessments';
import { entryId, isInstant, treeSize, type AgencyId, type Instant } from '#kernel';
import { derivedId, type JsonObject, type JsonValue } from '#statement';
import { RegistryHistory } from '../../libs/compliance/registry/registry-history.js';

const folder = 'deploy/agreements';
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const readJson = (path: string): JsonObject => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;

/** Under which regime a body is, and in which acts its powers stand; an association has none of its own. */
const laws: Readonly<Record<string, { readonly regime: RegExp; readonly act?: RegExp }>> = {
  'jugendamt.example': { regime: /^GDPR/, act: /SGB VIII|SGB X/ },
  'schule.example': { regime: /^GDPR/, act: /SchulG/ },
  'klinik.example': { regime: /^GDPR/, act: /StGB § 203 Abs. 1 Nr. 1|Krankenhausgesetz/ },
  'ausstiegsprogramm.example': { regime: /^GDPR/ },
  'polizei.example': { regime: /^LED/, act: /PolG/ },
  'staatsanwaltschaft.example': { regime: /^LED/, act: /StPO § (161|474)/ },
  'jva.example': { regime: /^LED/, act: /JVollzDSG/ },
  'bewaehrungshilfe.example': { regime: /^LED/, act: /StGB § 56d|StGB § 203 Abs. 1 Nr. 6/ },
};
const adopted = entryTypes.get('AgreementAdopted');

/** Whether a provision stands in the law of another body. */
const isForeign = (agency: AgencyId, provision: string): boolean =>
  Object.entries(laws).some(([body, { act }]) => body !== agency && act?.test(provision) === true);

/** On what a body may say it relies: on its own regime and law, and on nobody else's. */
function expectOwnLaw(agency: AgencyId, basis: JsonValue | undefined): void {
  const { code } = isObject(basis) ? basis : {};
  const provision = isObject(basis) ? (textIn(basis, 'provision') ?? '') : '';
  expect([agency, code]).toEqual([agency, expect.stringMatching(laws[agency]?.regime ?? 'none')]);
  expect([agency, provision]).toEqual([agency, expect.stringMatching(laws[agency]?.act ?? '')]);
  expect([agency, isForeign(agency, provision)]).toEqual([agency, false]);
}

/** What is disclosed when somebody speaks in a conference of a clause to all who always sit there. */
function saidInRoom(agreement: JsonObject, clause: JsonObject, agency: AgencyId): JsonObject {
  const at = '2027-02-01T09:00:00.000Z' as Instant;
  const history = new RegistryHistory();
  const adoption = { ...agreement, validFrom: '2027-01-01', validUntil: { missing: 'follows' } };
  const id = entryId(derivedId('agreement', textIn(agreement, 'agreement') ?? ''));
  history.add([{ id, issuer: agency, recordedAt: at, type: 'AgreementAdopted', data: adoption }]);
  const inForce = history.at(treeSize(1));
  const quick = readQuickEntry({
    template: `${textIn(agreement, 'agreement')}@1#${textIn(clause, 'id')}`,
    kind: 'conference',
    case: 'case-1',
    purpose: (clause['purposes'] as readonly string[])[0] ?? '',
    contributions: [{ items: (clause['dataCategories'] as readonly string[]).slice(-1) }],
  });
  const desk = { agency, actor: 'worker-1', at, registry: inForce.registry };
  const bodies = expand({ quick, desk, inForce, earlier: null, idOf: (...what) => derivedId('sheet', ...what) });
  return bodies.find(({ body }) => body.type === 'InformationDisclosed')?.body.data ?? {};
}

const validates = new Ajv2020({
  formats: { date: (text: string) => isInstant(`${text}T00:00:00.000Z`) },
}).compile(readJson('docs/agreement.schema.json'));

describe.each(files)('the agreement %s', (file) => {
  const agreement = readJson(`${folder}/${file}`);
  const clauses = agreement['clauses'] as readonly JsonObject[];

  it('is one the ledger takes', () => {
    expect(adopted && dataFaults(adopted, agreement)).toEqual([]);
  });

  it('has the form of the published schema', () => {
    expect(validates(agreement) ? [] : validates.errors).toEqual([]);
  });

  it.each(languages)('can be read as prose: %s', (language) => {
    const text = agreementAsText(agreement, language);
    expect(text).not.toMatch(/undefined|not given|nicht angegeben|\[object|\{\}/);
    for (const clause of clauses) expect(text).toContain(` ${textIn(clause, 'id')}\n`);
  });

  it('marks provisions cited from memory in each clause, in both languages', () => {
    for (const { note } of clauses) {
      expect(note).toEqual({ de: expect.stringContaining('†'), en: expect.stringContaining('†') });
    }
  });

  it.each(['transmit', 'collect'] as const)("lets each body cite its own law and nobody else's: %s", (power) => {
    for (const clause of clauses) {
      for (const agency of agenciesIn(clause, power === 'transmit' ? 'from' : 'to')) {
        expectOwnLaw(agency, basisOf(clause, power, agency));
      }
    }
  });

  it("lets nobody change the regime by another body's law", () => {
    for (const clause of clauses) {
      for (const agency of agenciesIn(clause, 'from')) {
        const provision = regimeChangeOf(clause, agency) ?? '';
        expect([agency, isForeign(agency, JSON.stringify(provision))]).toEqual([agency, false]);
      }
    }
  });

  it('says of who always sits in a conference its own power to hear what is said, or none', () => {
    for (const clause of clauses) {
      const standing = isObject(clause['conference']) ? agenciesIn(clause['conference'], 'standing') : [];
      for (const agency of agenciesIn(clause, 'from').filter((one) => standing.includes(one))) {
        const said = saidInRoom(agreement, clause, agency);
        const others = standing.filter((one) => one !== agency);
        expect(said['recipients']).toEqual(others);
        for (const other of others) {
          const basis = basisOf(said, 'collect', other);
          if (!isMissing(basis)) expectOwnLaw(other, basis);
          expect([other, isMissing(basis)]).toEqual([other, !agenciesIn(clause, 'to').includes(other)]);
        }
      }
    }
  });

  it('cites a provision for each side, and tells retention, conditions and time limits of each clause', () => {
    const open = leftOpen(agreement).map(({ pointer }) => pointer);
    expect(open.filter((pointer) => pointer.startsWith('/clauses/') && !pointer.endsWith('/activities'))).toEqual([]);
  });
});

describe('the agreements to start from', () => {
  it('are one model and a template for each pair that shares most often', () => {
    expect(files).toEqual([
      'model-exit-support.json',
      'template-case-conference.json',
      'template-clinic-youth-office.json',
      'template-exit-programme-authorities.json',
      'template-prison-probation.json',
      'template-school-youth-office.json',
      'template-youth-office-police.json',
    ]);
    const readme = readFileSync(`${folder}/README.md`, 'utf8');
    for (const file of files) expect(readme).toContain(`\`${file}\``);
    const shown = readFileSync('README.md', 'utf8').match(/deploy\/agreements\/[\w-]+\.json/g) ?? [];
    expect(shown.length).toBeGreaterThan(0);
    for (const path of shown) expect(files).toContain(path.replace(`${folder}/`, ''));
  });

  it('leave nothing open in the model, and in a template only what the parties must settle', () => {
    for (const file of files) {
      const open = leftOpen(readJson(`${folder}/${file}`)).map(({ pointer }) => pointer.replace(/^.*\//, ''));
      const settled = file.startsWith('model') ? [] : ['activities', 'dpia', 'reviewDue', 'validFrom'];
      expect([...new Set(open)].sort()).toEqual(settled);
    }
  });
});
