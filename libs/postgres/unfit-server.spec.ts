import { unfitServer } from '#postgres';

describe('a server', () => {
  it('of today is fit', () => {
    expect(unfitServer({ version: 150_000, encoding: 'UTF8' })).toBeNull();
    expect(unfitServer({ version: 180_001, encoding: 'UTF8' })).toBeNull();
  });

  it('that is too old is not, up to its last release', () => {
    expect(unfitServer({ version: 149_999, encoding: 'UTF8' })).toBe('the server is PostgreSQL 14, 15 is the oldest');
  });

  it('whose database cannot hold every text is not', () => {
    expect(unfitServer({ version: 180_000, encoding: 'SQL_ASCII' })).toContain('encoded in SQL_ASCII');
  });
});
