import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({});

/** Only ever the customer of this conversation. */
export const lookUpContact: BuiltinSkill<typeof parameters> = {
  name: 'look_up_contact',
  description: 'Read what the team knows about the customer of this conversation.',
  parameters,
  risk: 'low',
  effects: false,
  run: async (_args, { contact }) => ({ result: contact, summary: contact.name }),
};
