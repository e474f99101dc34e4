import { PostgresServer } from './postgres-server.js';

describe('the PostgreSQL server of the tests', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  afterAll(() => server.stop());

  it('is a real one, and keeps what is committed when it is killed', async () => {
    const database = await server.createDatabase();
    await server.run(database, 'CREATE TABLE kept (number integer); INSERT INTO kept VALUES (7)');
    process.kill(server.pid, 'SIGKILL');
    await expect(server.run(database, 'SELECT 1')).rejects.toThrow(/refused|terminat|reset/i);
    await server.restart();
    expect(await server.run(database, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  });
});
