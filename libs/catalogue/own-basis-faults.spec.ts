import type { JsonObject } from '#statement';
import { informationDisclosed } from './entries/information-disclosed.js';
import { dataFaults } from './validate-entry.js';

const line = (agency: string): JsonObject => ({ agency, code: 'LED-A8-1', provision: 'PolG NRW § 9' });
const sent = (change: JsonObject) =>
  dataFaults(informationDisclosed, { ...informationDisclosed.example.data, ...change });

describe('a disclosure to several', () => {
  const recipients = ['police.example', 'school.example'];

  it('says of its recipients on what they rely, of nobody else and of each once', () => {
    const collectBases = ['school.example', 'clinic.example', 'school.example'].map(line);
    expect(sent({ recipients, collectBases: collectBases.slice(0, 1) })).toEqual([]);
    expect(sent({ recipients, collectBases })).toEqual([
      { pointer: '/data/collectBases/1/agency', detail: 'not named in recipients' },
      { pointer: '/data/collectBases/2/agency', detail: 'this body has a basis already' },
    ]);
  });

  it('is recorded where it is missing who they are, or whose basis it is', () => {
    const missing = { missing: 'follows' };
    expect(sent({ recipients: missing, collectBases: [line('clinic.example')] })).toEqual([]);
    expect(sent({ recipients, collectBases: [{ ...line('-'), agency: missing }] })).toEqual([]);
    expect(sent({ recipients, collectBases: missing })).toEqual([]);
  });
});
