/** Why an event becomes no entry. The message never repeats what the event says. */
export class Unmappable extends Error {
  override readonly name = 'Unmappable';
}
