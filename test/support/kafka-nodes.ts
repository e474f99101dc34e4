import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { TcpProxy } from './tcp-proxy.js';

/** Where the recipe lies. Whatever runs tests runs in the folder of the repository. */
export const recipe = resolve('deploy/kafka-local');

/** Kafka's way in with TLS: SCRAM knows the user, OAUTHBEARER takes any unsigned token that is in time. */
export interface SecureAccess {
  readonly addresses: readonly string[];
  readonly user: string;
  readonly password: string;
  /** file of the certificate to trust, PEM */
  readonly caFile: string;
}

/** One node before its first start: a folder with its settings, and how clients reach it. */
export interface NodeFolder {
  readonly folder: string;
  readonly address: string;
  readonly proxy: TcpProxy | null;
}

interface Ports {
  readonly port: number;
  readonly brokerPort: number;
  readonly controllerPort: number;
  readonly securePort: number;
}

/** Writes a folder of settings for every node, on ports that are free. */
export async function prepareNodes(
  directory: string,
  count: 1 | 3,
  proxied: boolean,
): Promise<{ nodes: readonly NodeFolder[]; secure: SecureAccess }> {
  const template = await readFile(join(recipe, 'server.properties'), 'utf8');
  const password = randomBytes(12).toString('hex');
  const caFile = await makeCertificate(directory, password);
  const ports = await Promise.all(Array.from({ length: count }, freePorts));
  const voters = ports.map(({ controllerPort }, n) => `${n + 1}@127.0.0.1:${controllerPort}`).join();
  const nodes = ports.map(async (own, n) => {
    const folder = join(directory, String(n + 1));
    const proxy = proxied ? await TcpProxy.listen({ port: own.port }) : null;
    const advertisedPort = proxy?.port ?? own.port;
    const values = {
      ...own,
      advertisedPort,
      voters,
      node: n + 1,
      data: join(folder, 'data'),
      ...(count === 1 ? { replicas: 1, inSync: 1 } : { replicas: 3, inSync: 2 }),
    };
    const settings = Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(`@${name}@`, String(value)),
      template + secureSettings(directory, password, { ...own, port: advertisedPort }, template),
    );
    await mkdir(folder);
    await writeFile(join(folder, 'server.properties'), settings);
    return { folder, address: `127.0.0.1:${advertisedPort}`, proxy };
  });
  const addresses = ports.map(({ securePort }) => `127.0.0.1:${securePort}`);
  return { nodes: await Promise.all(nodes), secure: { addresses, user: 'nachweis', password, caFile } };
}

/** What makes the user known, when the data of a node are formatted. */
export const userArguments = ({ user, password }: SecureAccess): readonly string[] =>
  ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${user},password=${password}]`,
  ]);

/** Of two lines for one setting the later one counts. */
function secureSettings(directory: string, password: string, { securePort }: Ports, template: string): string {
  const also = (setting: string, value: string): string => {
    const known = new RegExp(`^${setting}=(.*)$`, 'm').exec(template)?.[1] ?? '';
    return `${setting}=${known},${value}`;
  };
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const bearer = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required';
  return `
${also('listeners', `SECURE://127.0.0.1:${securePort}`)}
${also('advertised.listeners', `SECURE://127.0.0.1:${securePort}`)}
${also('listener.security.protocol.map', 'SECURE:SASL_SSL')}
listener.name.secure.sasl.enabled.mechanisms=SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER
listener.name.secure.scram-sha-256.sasl.jaas.config=${scram}
listener.name.secure.scram-sha-512.sasl.jaas.config=${scram}
listener.name.secure.oauthbearer.sasl.jaas.config=${bearer} unsecuredLoginStringClaim_sub="broker";
listener.name.secure.ssl.keystore.type=PKCS12
listener.name.secure.ssl.keystore.location=${join(directory, 'broker.p12')}
listener.name.secure.ssl.keystore.password=${password}
`;
}

/** A key and its own certificate, good for this machine. @returns the file of the certificate, PEM */
async function makeCertificate(directory: string, password: string): Promise<string> {
  const keystore = join(directory, 'broker.p12');
  const keytool = (...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)('keytool', [...args, '-alias', 'broker', '-keystore', keystore, '-storepass', password]);
  const caFile = join(directory, 'ca.pem');
  const names = 'SAN=ip:127.0.0.1,dns:localhost';
  await keytool('-genkeypair', '-keyalg', 'EC', '-dname', 'CN=localhost', '-validity', '3650', '-ext', names);
  await keytool('-exportcert', '-rfc', '-file', caFile);
  return caFile;
}

async function freePorts(): Promise<Ports> {
  return {
    port: await quietPort(),
    brokerPort: await quietPort(),
    controllerPort: await quietPort(),
    securePort: await quietPort(),
  };
}

/**
 * A port nobody listens on, from below those the system gives to outgoing connections: a broker that was killed must
 * find its own port free again.
 */
export async function quietPort(): Promise<number> {
  const port = randomInt(15_000, 32_000);
  const server = createServer();
  const free = await new Promise((resolved) => {
    server.once('error', () => resolved(false)).listen(port, '127.0.0.1', () => resolved(true));
  });
  if (free !== true) return quietPort();
  server.close();
  await once(server, 'close');
  return port;
}
