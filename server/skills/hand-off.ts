import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({
  reason: z.string().max(500).describe('Why a person should go on, in a few words'),
  route: z.string().max(100).optional().describe('Which route the customer asked for, if it named one'),
});

/** Ends the turn: the pipeline commits the handoff itself, so that saying and doing are one. */
export const handOff: BuiltinSkill<typeof parameters> = {
  name: 'hand_off',
  description: 'Hand the conversation to a person. Call it when the customer asks for one, or when only a person can help.',
  parameters,
  risk: 'low',
  effects: true,
  run: async () => ({ result: null, summary: 'handed to people' }),
};
