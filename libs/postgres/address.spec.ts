import { poolConfigOf } from '#postgres';

const at = (rest: string): ReturnType<typeof poolConfigOf> =>
  poolConfigOf({ url: `postgres://ledger@${rest}` }, 'test');

describe('The address of a database', () => {
  it.each([
    '127.0.0.1:5432/log',
    '127.8.9.1/log',
    'localhost/log',
    '[::1]:5432/log',
    '%2Fvar%2Frun%2Fpostgresql/log',
    'db.example/log?sslmode=disable',
  ])('%s leads there in the clear', (rest) => {
    expect(at(rest).ssl).toBe(false);
  });

  it('may be the folder of a Unix socket', () => {
    expect(at('%2Fvar%2Frun%2Fpostgresql/log').host).toBe('/var/run/postgresql');
  });

  it.each(['db.example/log', '10.0.0.1/log', '127.db.example/log', 'localhost.example/log', '[fe80::1]/log'])(
    '%s beyond this machine says whether the connection is encrypted',
    (rest) => {
      expect(() => at(rest)).toThrow('say sslmode=verify-full');
      expect(at(`${rest}?sslmode=verify-full`).ssl).toEqual({ rejectUnauthorized: true });
    },
  );

  it.each([
    ['sslmod=verify-full', 'the parameter sslmod is not known here'],
    ['sslmode=verify-full&application_name=x', 'the parameter application_name is not known here'],
    ['host=elsewhere.example', 'the parameter host is not known here'],
    ['sslmode=verify-full&sslmode=disable', 'the parameter sslmode is given twice'],
    ['sslmode=require', 'sslmode is disable or verify-full'],
    ['sslmode=disable&sslrootcert=ca.pem', 'sslrootcert needs sslmode=verify-full'],
    ['sslkey=key.pem', 'sslkey needs sslmode=verify-full'],
  ])('with ?%s is refused', (parameters, why) => {
    const attempt = (): unknown => at(`127.0.0.1:5432/log?${parameters}`);
    expect(attempt).toThrow(expect.objectContaining({ name: 'AddressRefused', host: '127.0.0.1:5432/log' }));
    expect(attempt).toThrow(why);
  });
});
