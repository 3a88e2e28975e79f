import type { Session } from '../calendar/calendar.ts';

/** Tells whoever evaluates that sessions up to one are released. May be told twice: evaluation finds it done. */
export interface Announcer {
  released(session: Session): Promise<void>;
}

/** Spreads a large set of rules over several evaluations, a portion of rule ids each. */
export interface PortionQueue {
  put(portions: readonly (readonly string[])[]): Promise<void>;
}

/** Writes to whoever runs the service; never with a recipient's address. */
export interface OperatorNotice {
  tell(subject: string, text: string): Promise<void>;
}
