import type { JSONSchema7 } from 'ai';
import { v7 as newId } from 'uuid';
import type { Playbook, TestPlaybook, TestTurn } from '../contract/playbook.ts';
import type { TestGround } from '../db/playbooks.ts';
import { begins, stepsOf, whyOver } from '../domain/playbook.ts';
import { handoffText } from '../domain/words.ts';
import { closingText } from '../domain/words-closing.ts';
import { ModelFailure } from '../model/failure.ts';
import type { Models } from '../model/provider.ts';
import { builtinSkills } from '../skills/registry.ts';
import type { SkillContext } from '../skills/skill.ts';
import { classify } from './classify.ts';
import type { Classification } from './classify.ts';
import { compose } from './compose.ts';
import type { Composition, SkillTool } from './compose.ts';
import { BEGIN, isPlaybookTool } from './playbook-tool.ts';
import { planOf, PlaybookTurn } from './playbook.ts';
import type { OpenPlaybook } from './playbook.ts';
import type { PromptMessage } from './prompt.ts';

export interface TestDeps {
  models: Models;
  /** Reads what the customer's lines are about: it costs nothing. */
  builtin: Models;
  searchArticles: SkillContext['searchArticles'];
  timeoutMs: number;
  signal: AbortSignal;
  today: string;
}

const MAX_STEPS = 6;
const NOBODY = { name: '', email: null, company: null, phone: null, language: null, attributes: {} };

/**
 * Plays a playbook through with a made-up customer, line by line, until it ends or the lines do. It is followed from the
 * first line on, also where none of its rules would begin it. Nothing is written or sent, and no skill with effects runs.
 */
export async function testPlaybook(deps: TestDeps, ground: TestGround, { playbook: given, lines, channel }: TestPlaybook): Promise<TestTurn[]> {
  const playbook: Playbook = { ...given, agentId: null, id: newId(), version: 1, createdAt: deps.today };
  const plan = planOf(playbook);
  const agent = { id: playbook.id, name: ground.agent.name, instructions: ground.agent.instructions, languages: ground.agent.languages, classifierOn: true, classifierInstruction: '' };
  let open: OpenPlaybook = { id: playbook.id, playbook: { id: playbook.id, version: 1 }, plan, standing: { step: 0, slots: {}, asked: {} } };
  let language: string | null = null;
  let begun = false;
  const history: PromptMessage[] = [];
  const turns: TestTurn[] = [];

  for (const line of lines) {
    const here = { contact: { name: '', language }, channel, history, burst: [{ text: line }] };
    const seen: Classification = await classify(deps.builtin.language, { agent, cards: [], intents: ground.intents, ...here }, { signal: deps.signal, timeoutMs: deps.timeoutMs });
    language = seen.language ?? language;
    begun ||= begins(playbook, [line], seen.intent);
    const skills: TestTurn['skills'] = [];
    const tools = toolsOf(ground, deps, skills);
    const turn = new PlaybookTurn({ agentId: playbook.id, open, playbooks: [{ ...playbook, active: true }], texts: [line], intent: seen.intent, today: deps.today, language, skills: tools, mayBegin: false });
    const said = turn.over() ? null : await reply(deps, turn, tools, { ...here, agent, ground, language });
    const failed = said instanceof ModelFailure ? said : null;
    const composed = said === null || said instanceof ModelFailure ? null : said;
    const { change, over } = turn.outcome(composed?.kind === 'reply');
    if (change) open = { ...open, standing: change.standing };
    const steps = stepsOf(plan).length;
    const facts = {
      customer: line, begun, step: Math.min(open.standing.step + 1, steps), steps, skills,
      slots: plan.slots.map(({ name }) => ({ name, value: open.standing.slots[name] ?? null })),
    };
    const end = outcomeOf(plan, over !== null && turn.over() ? over : null, composed, failed, language);
    const routes = end.outcome === 'handed_off' ? ground.routes.filter(({ id }) => end.offer.length === 0 || end.offer.includes(id)).map(({ id, label }) => ({ id, label })) : [];
    turns.push({ ...facts, agent: end.agent, outcome: end.outcome, reason: end.reason, routes, ended: over ? (over.as === 'goal' ? 'goal' : 'exit') : null });
    if (end.outcome !== 'reply' || over) break;
    history.push({ author: 'contact', name: '', text: line }, { author: 'agent', name: agent.name, text: end.agent ?? '' });
  }
  return turns;
}

function outcomeOf(plan: OpenPlaybook['plan'], over: ReturnType<PlaybookTurn['outcome']>['over'], composed: Composition | null, failed: ModelFailure | null, language: string | null): Pick<TestTurn, 'agent' | 'outcome' | 'reason'> & { offer: readonly string[] } {
  if (failed) return { agent: null, outcome: 'failed', reason: failed.message, offer: [] };
  if (over?.as === 'goal' && plan.onGoal === 'close') return { agent: closingText(language), outcome: 'closed', reason: whyOver(plan, over), offer: [] };
  if (over) return { agent: handoffText(language, plan.routeIds.length > 0), outcome: 'handed_off', reason: whyOver(plan, over), offer: plan.routeIds };
  if (composed?.kind === 'handoff') return { agent: handoffText(language, true), outcome: 'handed_off', reason: composed.reason, offer: [] };
  return { agent: composed?.kind === 'reply' ? composed.text : null, outcome: 'reply', reason: null, offer: [] };
}

interface Here {
  agent: { name: string; instructions: string; languages: string[] };
  ground: TestGround;
  channel: string;
  history: PromptMessage[];
  burst: { text: string }[];
  language: string | null;
}

async function reply(deps: TestDeps, turn: PlaybookTurn, tools: SkillTool[], { agent, ground, channel, history, burst, language }: Here): Promise<Composition | ModelFailure> {
  try {
    return await compose(deps.models.language, {
      agent, contact: { name: '', language }, channel, workspaceName: ground.workspace.name, history, burst, cards: [], playbook: turn.input(),
      skills: [...tools, ...turn.tools().filter(({ name }) => name !== BEGIN)], allowedHosts: ground.workspace.allowedHosts, mentioned: false, language,
    }, {
      signal: deps.signal, timeoutMs: deps.timeoutMs, maxSteps: MAX_STEPS,
      onSkillEnd: ({ name, ok }) => {
        if (ok && !isPlaybookTool(name)) turn.ran(name);
      },
    });
  } catch (error) {
    if (error instanceof ModelFailure && error.code !== 'aborted') return error;
    throw error;
  }
}

/** The agent's skills: what only reads our articles runs, anything else is told that this is a test. */
function toolsOf(ground: TestGround, deps: TestDeps, log: TestTurn['skills']): SkillTool[] {
  const always = ['search_knowledge', 'hand_off'];
  const context: SkillContext = { searchArticles: deps.searchArticles, contact: NOBODY };
  const rows = new Map(ground.skills.map((skill) => [skill.name, skill]));
  return [...new Set([...always, ...rows.keys()])].flatMap((name) => {
    const row = rows.get(name);
    const built = builtinSkills.get(name);
    if (!row && !built) return [];
    const described = {
      name, description: row?.description ?? built?.description ?? '', risk: row?.risk ?? built?.risk ?? 'low', effects: false,
      parameters: (built?.parameters ?? row?.parameters) as unknown as JSONSchema7,
    };
    if (built && !built.effects && name === 'search_knowledge') {
      return [{ ...described, run: async (args: unknown) => {
        log.push({ name, args, ran: true });
        return built.run(built.parameters.parse(args), context);
      } }];
    }
    return [{ ...described, run: async (args: unknown) => {
      log.push({ name, args, ran: false });
      return { result: { test: true, note: 'This is a test: nothing was done.' }, summary: '' };
    } }];
  });
}
