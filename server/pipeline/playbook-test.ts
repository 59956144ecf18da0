import type { JSONSchema7 } from 'ai';
import { v7 as newId } from 'uuid';
import type { Playbook, TestPlaybook, TestTurn } from '../contract/playbook.ts';
import type { TestGround } from '../db/playbooks.ts';
import { begins, stepsOf, whyCode, whyOver } from '../domain/playbook.ts';
import { handoffText } from '../domain/words.ts';
import { closingText } from '../domain/words-closing.ts';
import { ModelFailure, whyFailed } from '../model/failure.ts';
import type { Models } from '../model/provider.ts';
import { toolsOf } from '../skills/own.ts';
import { builtinSkills } from '../skills/registry.ts';
import type { SkillContext } from '../skills/skill.ts';
import { classify } from './classify.ts';
import type { Classification } from './classify.ts';
import { compose } from './compose.ts';
import type { Composition } from './compose.ts';
import { BEGIN, isPlaybookTool } from './playbook-tool.ts';
import { planOf, PlaybookTurn } from './playbook.ts';
import type { OpenPlaybook } from './playbook.ts';
import type { PipelineDeps } from './deps.ts';
import { openSkill, toEnd } from './run-skills.ts';
import type { PromptMessage } from './prompt.ts';
import type { SkillTool } from './skill-tool.ts';

interface TestDeps {
  models: Models;
  /** Reads what the customer's lines are about: it costs nothing. */
  builtin: Models;
  searchArticles: SkillContext['searchArticles'];
  timeoutMs: number;
  signal: AbortSignal;
  today: string;
  workspaceId: string;
  /** For own skills: the way to them, and what opens their secrets. */
  skillOutside: PipelineDeps['skillOutside'];
  encryptionKeys: PipelineDeps['encryptionKeys'];
  log: PipelineDeps['log'];
}

const MAX_STEPS = 6;
const NOBODY = { name: '', email: null, company: null, phone: null, language: null, attributes: {} };

/**
 * Plays a playbook through with a made-up customer, line by line, until it ends or the lines do. It is followed from the
 * first line on, also where none of its rules would begin it. Nothing is written or sent. Skills of the team's own are
 * called only where that is asked for; other skills with effects never are.
 */
export async function testPlaybook(deps: TestDeps, ground: TestGround, { playbook: given, lines, channel, real, answers }: TestPlaybook): Promise<TestTurn[]> {
  const playbook: Playbook = { ...given, agentId: null, id: newId(), version: 1, createdAt: deps.today };
  const plan = planOf(playbook);
  const agent = {
    id: playbook.id,
    name: ground.agent.name,
    instructions: ground.agent.instructions,
    languages: ground.agent.languages,
    classifierOn: true,
    classifierInstruction: '',
  };
  let open: OpenPlaybook = { id: playbook.id, playbook: { id: playbook.id, version: 1 }, plan, standing: { step: 0, slots: {}, asked: {} } };
  let language: string | null = null;
  let begun = false;
  const history: PromptMessage[] = [];
  const turns: TestTurn[] = [];

  for (const line of lines) {
    const here = { contact: { name: '', language }, channel, history, burst: [{ text: line }] };
    const seen: Classification = await classify(
      deps.builtin.language,
      { agent, cards: [], intents: ground.intents, ...here },
      { signal: deps.signal, timeoutMs: deps.timeoutMs },
    );
    language = seen.language ?? language;
    begun ||= begins(playbook, [line], seen.intent);
    const skills: TestTurn['skills'] = [];
    const tools = testTools(ground, deps, skills, { real, answers });
    const turn = new PlaybookTurn({
      agentId: playbook.id,
      open,
      playbooks: [{ ...playbook, active: true }],
      texts: [line],
      intent: seen.intent,
      today: deps.today,
      language,
      skills: tools,
      mayBegin: false,
    });
    const said = turn.over() ? null : await reply(deps, turn, tools, { ...here, agent, ground, language });
    const failed = said instanceof ModelFailure ? said : null;
    const composed = said === null || said instanceof ModelFailure ? null : said;
    const { change, over } = turn.outcome(composed?.kind === 'reply');
    if (change) open = { ...open, standing: change.standing };
    const steps = stepsOf(plan).length;
    const facts = {
      customer: line,
      begun,
      step: Math.min(open.standing.step + 1, steps),
      steps,
      skills,
      slots: plan.slots.map(({ name }) => ({ name, value: open.standing.slots[name] ?? null })),
    };
    const end = outcomeOf(plan, over !== null && turn.over() ? over : null, composed, failed, language);
    const routes =
      end.outcome === 'handed_off'
        ? ground.routes.filter(({ id }) => end.offer.length === 0 || end.offer.includes(id)).map(({ id, label }) => ({ id, label }))
        : [];
    turns.push({
      ...facts,
      agent: end.agent,
      outcome: end.outcome,
      reason: end.reason,
      why: end.why,
      routes,
      ended: over ? (over.as === 'goal' ? 'goal' : 'exit') : null,
    });
    if (end.outcome !== 'reply' || over) break;
    history.push({ author: 'contact', name: '', text: line }, { author: 'agent', name: agent.name, text: end.agent ?? '' });
  }
  return turns;
}

function outcomeOf(
  plan: OpenPlaybook['plan'],
  over: ReturnType<PlaybookTurn['outcome']>['over'],
  composed: Composition | null,
  failed: ModelFailure | null,
  language: string | null,
): Pick<TestTurn, 'agent' | 'outcome' | 'reason' | 'why'> & { offer: readonly string[] } {
  if (failed) return { agent: null, outcome: 'failed', reason: failed.message, why: whyFailed(failed), offer: [] };
  if (over?.as === 'goal' && plan.onGoal === 'close')
    return { agent: closingText(language), outcome: 'closed', reason: whyOver(plan, over), why: whyCode(plan, over), offer: [] };
  if (over)
    return {
      agent: handoffText(language, plan.routeIds.length > 0),
      outcome: 'handed_off',
      reason: whyOver(plan, over),
      why: whyCode(plan, over),
      offer: plan.routeIds,
    };
  if (composed?.kind === 'handoff') return { agent: handoffText(language, true), outcome: 'handed_off', reason: composed.reason, why: null, offer: [] };
  return { agent: composed?.kind === 'reply' ? composed.text : null, outcome: 'reply', reason: null, why: null, offer: [] };
}

interface Here {
  agent: { name: string; instructions: string; languages: string[] };
  ground: TestGround;
  channel: string;
  history: PromptMessage[];
  burst: { text: string }[];
  language: string | null;
}

async function reply(
  deps: TestDeps,
  turn: PlaybookTurn,
  tools: SkillTool[],
  { agent, ground, channel, history, burst, language }: Here,
): Promise<Composition | ModelFailure> {
  try {
    return await compose(
      deps.models.language,
      {
        agent,
        contact: { name: '', language },
        channel,
        workspaceName: ground.workspace.name,
        history,
        burst,
        cards: [],
        playbook: turn.input(),
        skills: [...tools, ...turn.tools().filter(({ name }) => name !== BEGIN)],
        allowedHosts: ground.workspace.allowedHosts,
        mentioned: false,
        language,
      },
      {
        signal: deps.signal,
        timeoutMs: deps.timeoutMs,
        maxSteps: MAX_STEPS,
        onSkillEnd: ({ name, ok }) => {
          if (ok && !isPlaybookTool(name)) turn.ran(name);
        },
      },
    );
  } catch (error) {
    if (error instanceof ModelFailure && error.code !== 'aborted') return error;
    throw error;
  }
}

/** The agent's skills: what only reads our articles runs, and the team's own where that is asked for; any other gives what was made up. */
function testTools(ground: TestGround, deps: TestDeps, log: TestTurn['skills'], { real, answers }: Pick<TestPlaybook, 'real' | 'answers'>): SkillTool[] {
  const context: SkillContext = { searchArticles: deps.searchArticles, contact: NOBODY };
  const instead = (name: string, args: unknown): { result: unknown; summary: string } => {
    const result = answers[name]?.trim() ? jsonOrText(answers[name]) : null;
    log.push({ name, args, ran: false, result });
    return { result: result ?? { test: true, note: 'This is a test: nothing was done.' }, summary: '' };
  };
  const rows = new Map(ground.skills.filter(({ kind }) => kind === 'builtin').map((skill) => [skill.name, skill]));
  const built = [...new Set(['search_knowledge', 'hand_off', ...rows.keys()])].flatMap((name): SkillTool[] => {
    const skill = builtinSkills.get(name);
    if (!skill) return [];
    const described = {
      name,
      description: rows.get(name)?.description ?? skill.description,
      risk: skill.risk,
      effects: false,
      parameters: skill.parameters as unknown as JSONSchema7,
    };
    if (skill.effects || name !== 'search_knowledge') return [{ ...described, run: async (args) => instead(name, args) }];
    return [
      {
        ...described,
        run: async (args) => {
          const found = await skill.run(skill.parameters.parse(args), context);
          log.push({ name, args, ran: true, result: found.summary });
          return found;
        },
      },
    ];
  });
  const own = ground.skills
    .filter(({ kind }) => kind !== 'builtin')
    .flatMap((row) => {
      const skill = openSkill(deps, row);
      return skill ? toolsOf(skill) : [];
    });
  return [
    ...built,
    ...own.map(
      (tool): SkillTool => ({
        ...tool,
        effects: false,
        parameters: tool.parameters as JSONSchema7,
        async run(args) {
          const fault = tool.fault(args);
          if (fault !== null) return { result: { error: `The arguments do not fit: ${fault}` }, summary: '', ok: false };
          if (!real) return instead(tool.name, args);
          const { ok, summary, result } = await toEnd(
            tool,
            args,
            `test_${newId()}`,
            { workspace: deps.workspaceId, conversationId: null, contact: null },
            deps.skillOutside,
          );
          log.push({ name: tool.name, args, ran: true, result });
          return { ok, summary, result };
        },
      }),
    ),
  ];
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
