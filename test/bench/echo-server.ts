import fastify from 'fastify';

const server = fastify();
server.post('/v1/entries', (request, reply) => reply.code(201).send(request.body));
process.stdout.write(`echo on ${await server.listen({ port: 0, host: '127.0.0.1' })} \n`);
process.once('SIGTERM', () => void server.close());
