import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({
  title: z.string().trim().min(1).max(200).describe('What is to be done, in a few words'),
  description: z.string().max(5_000).default('').describe('What the team has to know'),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).default('normal'),
});

export const createTicket: BuiltinSkill<typeof parameters> = {
  name: 'create_ticket',
  description: 'Make a ticket of this conversation, for what the team has to do later.',
  parameters,
  risk: 'low',
  effects: true,
  async run(ticket, context) {
    const { number } = await context.createTicket(ticket);
    return { result: { ticket: number }, summary: `#${number}: ${ticket.title}` };
  },
};
