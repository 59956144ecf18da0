import type { OfferedTools, SkillTest } from '../../server/contract/skill.ts';
import type { Core, Result } from './core.ts';

/** What is asked about one skill; fetched with the part of the settings that shows it. */
export class Skills {
  constructor(private readonly core: Core) {}

  /** Really calls a skill as it is saved. */
  test(id: string, json: { arguments: Record<string, unknown>; tool?: string }): Promise<Result<SkillTest>> {
    return this.core.ask(() => this.core.client.api.v1.skills[':id'].test.$post({ param: { id }, json }));
  }

  /** What a skill's server offers. */
  tools(id: string): Promise<Result<OfferedTools>> {
    return this.core.ask(() => this.core.client.api.v1.skills[':id'].tools.$get({ param: { id } }));
  }
}
