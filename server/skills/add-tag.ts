import { z } from 'zod';
import type { BuiltinSkill } from './skill.ts';

const parameters = z.object({ tag: z.string().min(1).max(200).describe('Name of a tag that the team uses') });

export const addTag: BuiltinSkill<typeof parameters> = {
  name: 'add_tag',
  description: 'Put one of the team’s tags on this conversation.',
  parameters,
  risk: 'low',
  effects: true,
  async run({ tag }, context) {
    const known = await context.tag(tag);
    return known ? { result: { tagged: tag }, summary: tag } : { result: { error: 'there is no such tag' }, summary: `no tag “${tag}”` };
  },
};
