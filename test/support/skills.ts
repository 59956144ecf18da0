/** What skills of a team's own go by, for tests that have none. */
import { createSecretKey, randomBytes } from 'node:crypto';
import type { PipelineDeps } from '../../server/pipeline/deps.ts';
import { skillOutside } from '../../server/pipeline/skill-outside.ts';

export const noSkills: Pick<PipelineDeps, 'skillOutside' | 'encryptionKeys'> = {
  skillOutside: skillOutside(async () => {
    throw new Error('no endpoint in this test');
  }),
  encryptionKeys: [createSecretKey(randomBytes(32))],
};
