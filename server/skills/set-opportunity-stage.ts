import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({ stage: z.string().trim().min(1).max(100).describe('The stage that it is in now') });

/** The team may name its stages in the skill's `config.stages`; then no other is taken. */
export const setOpportunityStage: BuiltinSkill<typeof parameters> = {
  name: 'set_opportunity_stage',
  description: 'Note at which stage the opportunity with this customer is, when it has changed.',
  parameters,
  risk: 'low',
  effects: true,
  async run({ stage }, context) {
    const { stages } = context;
    const known = stages.length === 0 ? stage : stages.find((one) => one.toLowerCase() === stage.toLowerCase());
    if (known === undefined) return { result: { error: 'there is no such stage', stages }, summary: `no stage “${stage}”` };
    const from = await context.setStage(known);
    return { result: { stage: known, from }, summary: from && from !== known ? `${from} → ${known}` : known };
  },
};
