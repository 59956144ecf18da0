import type { z } from 'zod';

/** What a skill may read. Workspace, contact and conversation come from the server, never from a model's arguments. */
export interface SkillContext {
  /** Articles that fit a question, best first; only those that this customer may read. */
  searchArticles(query: string): Promise<{ id: string; title: string; text: string; language: string }[]>;
  contact: { name: string; email: string | null; company: string | null; phone: string | null; language: string | null; attributes: Record<string, unknown> };
}

/** A meeting with the customer of the conversation. */
export interface Meeting {
  id: string;
  /** ISO 8601 UTC. */
  startsAt: string;
  minutes: number;
  about: string;
}

/** What a skill may do, all of it to the conversation at hand, under the fence and in the transaction that records the call. */
export interface ActingContext {
  /** The database's clock. */
  now: Date;
  /** The stages that the team has named for this skill; none: any. */
  stages: readonly string[];
  /** False where the workspace has no such tag. */
  tag(name: string): Promise<boolean>;
  /** Meetings that were booked here, are to come and were not cancelled, the next one first. */
  meetings(): Promise<Meeting[]>;
  bookMeeting(meeting: Omit<Meeting, 'id'>): Promise<Meeting>;
  cancelMeeting(meeting: Meeting, reason: string): Promise<void>;
  createTicket(ticket: { title: string; description: string; priority: 'low' | 'normal' | 'high' | 'urgent' }): Promise<{ number: number }>;
  /** @returns the stage before; null where there was none */
  setStage(stage: string): Promise<string | null>;
}

export interface SkillResult {
  result: unknown;
  /** In a few words, for the line in the thread. */
  summary: string;
  /** Articles that it brought. */
  articleIds?: string[];
}

interface Described<Args extends z.ZodType> {
  name: string;
  /** For the model: when to call it. */
  description: string;
  parameters: Args;
  risk: 'low' | 'medium' | 'high';
}

interface Reading<Args extends z.ZodType> extends Described<Args> {
  effects: false;
  run(args: z.infer<Args>, context: SkillContext): Promise<SkillResult>;
}

/** It changes something: it never starts after the run has lost the word, and is not run again. */
interface Acting<Args extends z.ZodType> extends Described<Args> {
  effects: true;
  run(args: z.infer<Args>, context: ActingContext): Promise<SkillResult>;
}

/** A tool that an agent can call. One file each; every call is a line in the thread. */
export type BuiltinSkill<Args extends z.ZodType = z.ZodType> = Reading<Args> | Acting<Args>;

/** Why a request to the outside came to nothing, and whether it may be made again: `unknown` where it may have been carried out. */
export interface Refusal {
  kind: 'retry' | 'failed' | 'unknown';
  error: string;
  retryAfterMs?: number | undefined;
}

/** The way to the outside: only to the public internet and to what the deployment names of its own network; redirects are not followed. */
export interface Outside {
  fetch(url: string, init: { method: HttpMethod; headers: Record<string, string>; body?: string; redirect: 'manual'; signal: AbortSignal }): Promise<Response>;
  /** Headers of a Standard Webhook. */
  sign(secret: string, id: string, body: string): Record<string, string>;
  /** @param repeatable making the request again does no harm */
  faultOf(error: unknown, repeatable: boolean): Refusal;
  refusalOf(answer: { status: number; headers: Headers }, reason: string | undefined, repeatable: boolean): Refusal;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a call of a team's own skill came to. `unknown`: nobody can say whether it was carried out. */
export interface Called {
  outcome: 'done' | 'failed' | 'unknown';
  /** Of HTTP, where there was an answer. */
  status: number | null;
  /** JSON or text, free of secrets and of bounded size. */
  result: unknown;
  /** Why it is not done, in words. */
  error: string | null;
}
