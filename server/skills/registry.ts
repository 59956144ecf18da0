import { addTag } from './add-tag.ts';
import { handOff } from './hand-off.ts';
import { lookUpContact } from './look-up-contact.ts';
import { searchKnowledge } from './search-knowledge.ts';
import type { BuiltinSkill } from './skill.ts';

/** All built-in skills by name. */
export const builtinSkills: ReadonlyMap<string, BuiltinSkill> = new Map(
  [searchKnowledge, handOff, lookUpContact, addTag].map((skill) => [skill.name, skill as BuiltinSkill]),
);
