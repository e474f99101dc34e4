import { createInterface } from 'node:readline';
import type { Endpoint, PeerOptions } from './options.js';
import { Peer } from './peer.js';
import type { Fault } from './faults.js';

/** What the parent may ask for, one JSON document a line. Each is answered by one line. */
export type Command =
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'clear-faults' }
  | { readonly do: 'truncate'; readonly stream: string; readonly before: number }
  | { readonly do: 'tombstone'; readonly stream: string }
  | {
      readonly do: 'change';
      readonly stream: string;
      readonly number: number;
      /** base64 */
      readonly data?: string;
      readonly id?: string;
      readonly type?: string;
      readonly metadata?: string;
    }
  | { readonly do: 'lead'; readonly leader?: Endpoint };

const peer = new Peer(JSON.parse(process.argv[2] ?? '') as PeerOptions);

function perform(command: Command): void {
  switch (command.do) {
    case 'fault':
      return peer.faults.add(command.fault);
    case 'clear-faults':
      return peer.faults.clear();
    case 'truncate':
      return peer.streams.truncate(command.stream, command.before);
    case 'tombstone':
      return peer.streams.tombstone(command.stream);
    case 'change': {
      const { stream, number, data, id, type, metadata } = command;
      return peer.streams.change(stream, number, {
        ...(data === undefined ? {} : { data: Buffer.from(data, 'base64') }),
        ...(id === undefined ? {} : { id }),
        ...(type === undefined ? {} : { type }),
        ...(metadata === undefined ? {} : { metadata: Buffer.from(metadata) }),
      });
    }
    case 'lead':
      return peer.follow(command.leader);
  }
}

const say = (answer: object): unknown => process.stdout.write(`${JSON.stringify(answer)}\n`);

say({ port: await peer.listen() });
// A peer never outlives whoever started it: without a parent there is no input.
const commands = createInterface({ input: process.stdin }).on('close', () => process.exit(0));
for await (const line of commands) {
  try {
    perform(JSON.parse(line) as Command);
    say({ ok: true });
  } catch (error) {
    say({ error: String(error) });
  }
}
