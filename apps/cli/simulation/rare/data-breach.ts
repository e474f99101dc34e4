import { instantAt } from '#kernel';
import { hour } from '../calendar.js';
import { supervisor } from '../network.js';
import type { Script } from '../script.js';
import type { SimulatedAgency } from '../simulated-agency.js';

/** What becomes of a data breach, and what is left out of it. */
export interface DataBreach {
  readonly of: SimulatedAgency;
  readonly partner: SimulatedAgency;
  readonly risk: 'unlikely' | 'risk' | 'high';
  readonly leftOut?: 'authority' | 'partner' | 'subject';
}

/** The entries that duties begin with. */
export interface ToldBreach {
  readonly detected: string;
  readonly assessed: string;
}

/** A breach is found, told to whom it must be told, and closed. */
export function tellBreach(script: Script, { of, partner, risk, leftOut }: DataBreach): ToldBreach {
  const aware = script.moment;
  const detected = script.record(of, 'BreachDetected', {
    awareAt: instantAt(aware),
    nature: ['confidentiality'],
    dataCategories: ['identity', 'exit-progress'],
    facts: 'Ein Datenträger mit Fallübersichten ist auf dem Postweg verloren gegangen.',
    partnersAffected: [partner.id],
    subjectsAbout: 12,
  });
  script.moment += 3 * hour;
  const assessed = script.record(of, 'BreachAssessed', {
    breach: detected,
    riskLevel: risk,
    justification: 'Der Datenträger war verschlüsselt; die Übersichten lagen auch auf Papier bei.',
    partnersAffected: [partner.id],
    dpoConsulted: true,
  });
  const notify = (
    target: 'authority' | 'partner' | 'subject',
    more: { readonly recipients?: readonly string[] },
  ): void => {
    if (leftOut === target) return;
    script.moment += 2 * hour;
    const notifiedAt = instantAt(script.moment);
    const { recipients = [] } = more;
    script.record(of, 'BreachNotified', { breach: detected, target, notifiedAt, recipients, complete: true });
  };
  notify('authority', { recipients: [supervisor] });
  notify('partner', { recipients: [partner.id] });
  if (risk === 'high') notify('subject', {});
  script.pass(of, 10 * 24, 20 * 24);
  script.record(of, 'BreachClosed', {
    breach: detected,
    effects: 'Kein Missbrauch bekannt geworden.',
    measures: 'Versand nur noch elektronisch.',
  });
  return { detected, assessed };
}
