/** A team's own skill, as one or more tools that can be called: what is alike for agents and for trying one out. */
import { callHttp } from './http.ts';
import type { HttpConfig, Served } from './http.ts';
import { callMcp } from './mcp.ts';
import type { McpConfig } from './mcp.ts';
import { argumentsFault } from './schema.ts';
import type { JsonObject } from './schema.ts';
import type { Called, Outside } from './skill.ts';

/** A skill of kind `http` or `mcp` as it is stored, with its secrets. */
export interface OwnSkill {
  name: string;
  kind: 'http' | 'mcp';
  description: string;
  parameters: JsonObject;
  risk: 'low' | 'medium' | 'high';
  /** It changes something; of an MCP server each tool says so itself. */
  effects: boolean;
  config: HttpConfig | McpConfig;
  secrets: Readonly<Record<string, string>>;
}

export interface OwnTool {
  /** As a model calls it. */
  name: string;
  description: string;
  parameters: JsonObject;
  risk: 'low' | 'medium' | 'high';
  effects: boolean;
  /** What is wrong with arguments; null where they fit. */
  fault(args: unknown): string | null;
  call(args: unknown, key: string, served: Served, outside: Outside, signal: AbortSignal): Promise<Called>;
}

/** Longest name of a tool that models take. */
const MAX_NAME = 64;

/** The tools of a skill; none where it has no address yet. */
export function toolsOf(skill: OwnSkill): OwnTool[] {
  const { name, kind, description, parameters, risk, effects, secrets } = skill;
  if (skill.config.url === undefined) return [];
  if (kind === 'http') {
    const config = skill.config as HttpConfig;
    return [
      {
        name,
        description,
        parameters,
        risk,
        effects,
        fault: (args) => argumentsFault(parameters, args),
        call: (args, key, served, outside, signal) => callHttp(config, secrets, { skill: name, args, key, served }, outside, signal),
      },
    ];
  }
  const config = skill.config as McpConfig;
  return config.tools.map((tool) => ({
    ...tool,
    name: mcpToolName(name, tool.name),
    description: [description, tool.description].filter(Boolean).join('\n'),
    fault: (args) => argumentsFault(tool.parameters, args),
    call: (args, _key, _served, outside, signal) => callMcp(config, secrets, tool.name, args, outside, signal),
  }));
}

/** How a tool of a server is called: by the skill's name and its own. */
export const mcpToolName = (skill: string, tool: string): string => `${skill}_${tool}`.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, MAX_NAME);
