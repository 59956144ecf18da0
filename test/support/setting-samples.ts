/** Something of each kind that teams shape. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { SettingKind } from '../../server/contract/endpoints-settings.ts';
import type { World } from './world.ts';

/**
 * The least that each kind takes, and something to change.
 * @param world that they are of, once it is there
 */
export function settingSamples(world: () => World): Record<SettingKind, { create: () => Record<string, unknown>; change: Record<string, unknown> }> {
  return {
    agent: { create: () => ({ name: `Agent ${randomUUID()}` }), change: { instructions: 'Be brief.' } },
    guidanceCard: {
      create: () => ({ surface: 'reply', title: 'Tone', text: 'Warm.', scope: { agentIds: [world().agents.nova], channels: ['chat'] } }),
      change: { active: false },
    },
    playbook: {
      create: () => ({ name: 'Demo', goal: 'A meeting', agentId: world().agents.nova, steps: [{ text: 'Ask for a date' }], routeIds: [world().routes.call] }),
      change: { steps: [] },
    },
    skill: {
      create: () => ({
        name: `s${randomBytes(8).toString('hex')}`,
        description: 'Looks up orders',
        config: { url: 'https://morrow.example/orders' },
        agentIds: [world().agents.nova],
      }),
      change: { risk: 'high' },
    },
    article: { create: () => ({ title: 'Returns', text: 'Within 30 days.' }), change: { language: 'de' } },
    trigger: {
      create: () => ({ kind: 'keyword', config: { keywords: ['lawyer'] }, departmentId: world().departments.care, routeId: world().routes.call }),
      change: { priority: 'urgent' },
    },
    route: { create: () => ({ label: 'A visit', kind: 'meeting', departmentId: world().departments.care }), change: { hint: 'Mondays' } },
    department: { create: () => ({ name: `Department ${randomUUID()}`, operatorIds: [world().operators.ana] }), change: { operatorIds: [] } },
    routingRule: {
      create: () => ({ name: 'Prices', conditions: { keywords: ['price'] }, actions: { assigneeId: world().operators.ben } }),
      change: { actions: { priority: 'high' } },
    },
    intent: { create: () => ({ name: `i${randomBytes(8).toString('hex')}`, label: 'Interested' }), change: { hot: true } },
    tag: { create: () => ({ name: `Tag ${randomUUID()}` }), change: { color: 3 } },
    quickReply: { create: () => ({ name: 'Hello', text: 'Hello!' }), change: { text: 'Hi!' } },
    macro: {
      create: () => ({ name: 'Hand on', actions: { departmentId: world().departments.care, assigneeId: 'me', note: 'See above.' } }),
      change: { actions: { status: 'closed' } },
    },
    savedView: { create: () => ({ name: 'Mine', filter: { assigneeId: 'me' } }), change: { filter: { unread: true } } },
    channelAccount: {
      create: () => ({ channel: 'sms', name: 'Mobile', address: '+351912555016', agentId: world().agents.nova }),
      change: { address: '+351912555017' },
    },
  };
}
