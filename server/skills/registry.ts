import { addTag } from './add-tag.ts';
import { bookMeeting } from './book-meeting.ts';
import { cancelMeeting } from './cancel-meeting.ts';
import { createTicket } from './create-ticket.ts';
import { handOff } from './hand-off.ts';
import { lookUpContact } from './look-up-contact.ts';
import { searchKnowledge } from './search-knowledge.ts';
import { setOpportunityStage } from './set-opportunity-stage.ts';
import type { BuiltinSkill } from './skill.ts';

/** Names that no other skill may have: those of the built-in ones, and of what every model is offered. */
export const isReserved = (name: string): boolean => builtinSkills.has(name) || name === 'cannot_answer';

/** All built-in skills by name. */
export const builtinSkills: ReadonlyMap<string, BuiltinSkill> = new Map(
  [searchKnowledge, handOff, lookUpContact, addTag, bookMeeting, cancelMeeting, createTicket, setOpportunityStage].map((skill) => [
    skill.name,
    skill as BuiltinSkill,
  ]),
);
