import { Story } from './story.js';

type Data = Readonly<Record<string, unknown>>;

export const exit = 'exit.example';
export const opened = '2026-01-13T10:00:00.000Z';

/** A case of the exit programme, to be reviewed after half a year. */
export class Case extends Story {
  constructor(data: Data = {}) {
    super('case');
    const usual = { leadAgency: exit, reviewDue: '2026-07-13' };
    this.tell('CaseOpened', { by: exit, at: opened, data: { ...usual, ...data } });
  }

  told(type: string, at: string, data: Data = {}, by = exit): this {
    this.tell(type, { by, at, data: { opening: this.matter.entries[0]?.id, ...data } });
    return this;
  }
}
