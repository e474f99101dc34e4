import { configurationMarkdown, InvalidConfig, readConfig } from '#platform';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing to be set and listens to this machine only', () => {
    const config = readConfig({ PATH: '/bin', HOME: '' });
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, data: './data', origin: 'localhost/nachweis' });
    expect(config.jwks).toBeUndefined();
    expect(config.checkpointInterval).toBe(1000);
  });

  it('cannot be changed after the start', () => {
    const config: { port: number } = readConfig({});
    expect(() => (config.port = 1)).toThrow(TypeError);
  });

  it.each([
    ['NACHWEIS_PROT', 'NACHWEIS_PORT'],
    ['NACHWEIS_ORIGINS', 'NACHWEIS_ORIGIN'],
    ['NACHWEIS_QUEUE', 'NACHWEIS_QUEUE_LIMIT'],
    ['NACHWEIS_CHECKPOINT_INTERVAL', 'NACHWEIS_CHECKPOINT_INTERVAL_MS'],
    ['NACHWEIS_data', 'NACHWEIS_DATA'],
  ])('refuses %s and proposes %s', (name, meant) => {
    expect(problemsOf({ [name]: 'x' })).toEqual([`${name} is not a setting; did you mean ${meant}?`]);
  });

  it('says everything that is wrong at once and never a value', () => {
    const problems = problemsOf({ NACHWEIS_PORT: 'hunter2', NACHWEIS_DATA: '', NACHWEIS_SECRET: 'hunter2' });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    ['NACHWEIS_PORT', ['65536', '-1', '1e3', '0x50', '80 ', '', '8080.0', '١']],
    ['NACHWEIS_ORIGIN', ['', 'https://a.example', 'Ledger.example', 'a b', 'a+b', 'a\n', 'a/', '/a', 'a'.repeat(201)]],
    ['NACHWEIS_JWKS', ['', 'http://elsewhere.example/jwks', 'ftp://a.example/jwks', 'https://']],
    ['NACHWEIS_LOG_LEVEL', ['verbose', 'INFO', '']],
    ['NACHWEIS_QUEUE_LIMIT', ['0', '399', 'Infinity']],
    ['NACHWEIS_ISSUER', ['', 'a b']],
    ['NACHWEIS_HOST', ['', 'a b', 'http://a']],
    [
      'NACHWEIS_EVENT_STORE',
      ['', 'localhost:2113', 'http://a:2113', 'esdb://admin:secret@a:2113', 'esdb://admin@a:2113'],
    ],
    ['NACHWEIS_VIEWS', ['', 'postgres://a/b', 'postgres://user:secret@a/b', 'mysql://user@a/b', 'postgres://user@a']],
    ['NACHWEIS_KAFKA', ['', 'a', 'a:', 'kafka://a:9092', 'a:9092,', 'a:9092 b:9092']],
    ['NACHWEIS_KAFKA_SASL', ['plain', 'SCRAM-SHA-512']],
    ['NACHWEIS_OTLP', ['collector:4318', 'ftp://a', 'https://user:secret@a']],
    ['NACHWEIS_TRACE_SAMPLING', ['-1', '1.1', '50%', '']],
  ])('refuses unusable values of %s', (name, values) => {
    for (const value of values) expect(problemsOf({ [name]: value })).toHaveLength(1);
  });

  it('takes a key set from a file or an address that cannot be listened to', () => {
    expect(readConfig({ NACHWEIS_JWKS: './jwks.json' }).jwks).toEqual({ file: './jwks.json' });
    expect(readConfig({ NACHWEIS_JWKS: 'https://id.example/jwks' }).jwks).toEqual({
      url: new URL('https://id.example/jwks'),
    });
    expect(readConfig({ NACHWEIS_JWKS: 'http://127.0.0.1:9/jwks' }).jwks).toHaveProperty('url');
  });

  it('takes clusters of stores by their addresses, without secrets', () => {
    const config = readConfig({
      NACHWEIS_EVENT_STORE: 'esdb://a:2113,b:2113,c:2113?tls=true',
      NACHWEIS_KAFKA: 'a:9092,[::1]:9092',
      NACHWEIS_VAULT: 'postgres://ledger@db.example:5432/vault?sslmode=verify-full',
      NACHWEIS_TRACE_SAMPLING: '0.25',
    });
    expect(config.eventStore).toBe('esdb://a:2113,b:2113,c:2113?tls=true');
    expect(config.kafka).toEqual(['a:9092', '[::1]:9092']);
    expect(config.vault).toContain('verify-full');
    expect(config.traceSampling).toBe(0.25);
    expect(config.eventStorePrefix).toBe('nachweis');
  });

  it('is documented from the same table, every setting with its default', () => {
    const page = configurationMarkdown();
    expect(page).toContain('| `NACHWEIS_PORT` | `8080` |');
    expect(page).toContain('| `NACHWEIS_JWKS` | none |');
    const columns = page
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').length);
    expect(new Set(columns)).toEqual(new Set([6]));
  });
});
