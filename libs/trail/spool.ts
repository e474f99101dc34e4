import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lines that are written now and read once later, kept on disk meanwhile. Never used for what is disclosed. */
export class Spool {
  private constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static async open(): Promise<Spool> {
    const folder = await mkdtemp(join(tmpdir(), `nachweis-trail-${process.pid}-`));
    try {
      return new Spool(folder, await open(join(folder, 'lines'), 'wx+', 0o600));
    } catch (error) {
      await rm(folder, { recursive: true });
      throw error;
    }
  }

  async append(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.file.appendFile(`${lines.join('\n')}\n`);
  }

  /** All that was appended, from the start. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (let position = 0; ;) {
      const { bytesRead, buffer } = await this.file.read(Buffer.alloc(1 << 18), 0, 1 << 18, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true });
  }
}
