import type { z } from 'zod';

/** What a skill may touch. Workspace, contact and conversation come from the server, never from a model's arguments. */
export interface SkillContext {
  /** Articles that fit a question, best first; only those that this customer may read. */
  searchArticles(query: string): Promise<{ id: string; title: string; text: string; language: string }[]>;
  contact: { name: string; email: string | null; company: string | null; phone: string | null; language: string | null; attributes: Record<string, unknown> };
  /** Tags the conversation, under the fence; false where the workspace has no such tag. Throws where the run has lost the word. */
  tag(name: string): Promise<boolean>;
}

export interface SkillResult {
  result: unknown;
  /** In a few words, for the line in the thread. */
  summary: string;
  /** Articles that it brought. */
  articleIds?: string[];
}

/** A tool that an agent can call. One file each; every call is a line in the thread. */
export interface BuiltinSkill<Args extends z.ZodType = z.ZodType> {
  name: string;
  /** For the model: when to call it. */
  description: string;
  parameters: Args;
  risk: 'low' | 'medium' | 'high';
  /** It changes something: it never starts after the run has lost the word, and is not run again. */
  effects: boolean;
  run(args: z.infer<Args>, context: SkillContext): Promise<SkillResult>;
}
