import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareNodes, recipe, userArguments, type NodeFolder, type SecureAccess } from './kafka-nodes.js';
import type { TcpProxy } from './tcp-proxy.js';

export type KafkaVersion = '4.3' | '3.9';

export interface KafkaOptions {
  readonly nodes: 1 | 3;
  readonly version?: KafkaVersion;
  /** a proxy before every broker, for its clients; brokers talk to each other without it */
  readonly proxied?: boolean;
}

interface Node extends NodeFolder {
  process: ChildProcess | null;
}

/**
 * Real Kafka brokers on free ports of this machine, each broker and controller at once, as deploy/kafka-local runs
 * them. Needs Java 17 and Maven. They die with this process, however it ends. Nodes are counted from 1.
 */
export class KafkaBrokers {
  /** a second way in, with TLS and authentication; never behind a proxy */
  readonly secure: SecureAccess;
  readonly #directory: string;
  readonly #version: KafkaVersion;
  readonly #nodes: readonly Node[];
  readonly #cluster = randomBytes(16).toString('base64url');

  private constructor(directory: string, version: KafkaVersion, nodes: readonly Node[], secure: SecureAccess) {
    this.#directory = directory;
    this.#version = version;
    this.#nodes = nodes;
    this.secure = secure;
  }

  /**
   * Resolves once every broker serves.
   *
   * @throws Error with the output of a broker that does not start
   */
  static async start({ nodes: count, version = '4.3', proxied = false }: KafkaOptions): Promise<KafkaBrokers> {
    await promisify(execFile)(join(recipe, 'jars.sh'), [version]);
    const directory = await mkdtemp(join(tmpdir(), 'nachweis-kafka-'));
    const { nodes, secure } = await prepareNodes(directory, count, proxied);
    const stopped = nodes.map((node) => ({ ...node, process: null }));
    const brokers = new KafkaBrokers(directory, version, stopped, secure);
    try {
      await Promise.all(brokers.#nodes.map((node) => brokers.#run(node)));
    } catch (error) {
      await brokers.stop();
      throw error;
    }
    return brokers;
  }

  /** `host:port` of every broker, of its proxy where it has one */
  get addresses(): readonly string[] {
    return this.#nodes.map(({ address }) => address);
  }

  proxy(node: number): TcpProxy {
    const { proxy } = this.#node(node);
    if (proxy === null) throw new Error('these brokers were started without proxies');
    return proxy;
  }

  pid(node: number): number {
    const pid = this.#node(node).process?.pid;
    if (pid === undefined) throw new Error(`node ${node} does not run`);
    return pid;
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  async kill(node: number): Promise<void> {
    await end(this.#node(node), 'SIGKILL');
  }

  /** SIGSTOP: its connections stay open, and nobody answers. */
  pause(node: number): void {
    process.kill(this.pid(node), 'SIGSTOP');
  }

  resume(node: number): void {
    process.kill(this.pid(node), 'SIGCONT');
  }

  /** Ends a node in good order when it runs, and starts it on the data it has. Resolves once it serves. */
  async restart(node: number): Promise<void> {
    await end(this.#node(node), 'SIGTERM');
    await this.#run(this.#node(node));
  }

  /** Kills a node and loses its data. After {@link restart} it copies them from the others. */
  async wipe(node: number): Promise<void> {
    await this.kill(node);
    await rm(join(this.#node(node).folder, 'data'), { recursive: true, force: true });
  }

  /** Ends everything and removes the data. */
  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => end(node, 'SIGKILL')));
    for (const { proxy } of this.#nodes) await proxy?.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  #node(number: number): Node {
    const node = this.#nodes[number - 1];
    if (node === undefined) throw new RangeError(`there is no node ${number}`);
    return node;
  }

  async #run(node: Node): Promise<void> {
    const args = [node.folder, this.#cluster, this.#version, ...userArguments(this.secure)];
    const child = spawn(join(recipe, 'node.sh'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const guard = killWhenThisProcessEnds(child);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let output = '';
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      // It says so once the controllers let clients come to it.
      if (output.includes('Kafka Server started')) resolve();
    };
    node.process = child;
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('close', () => {
      guard.kill();
      node.process = null;
      reject(new Error(`a Kafka node did not start:\n${output}`));
    });
    await promise;
  }
}

/** A test that is killed itself cannot clean up: a small process hears that it is gone, and does. */
function killWhenThisProcessEnds(child: ChildProcess): ChildProcess {
  return spawn('sh', ['-c', 'cat; kill -KILL "$0"', String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'] });
}

async function end({ process: child }: Node, signal: NodeJS.Signals): Promise<void> {
  if (child === null) return;
  const ended = once(child, 'close');
  child.kill(signal);
  // A node that was stopped, or has no majority left to say goodbye to, would never end.
  const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(patience);
}
