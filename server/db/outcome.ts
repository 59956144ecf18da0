/** How a turn of an agent ends, and what becomes of that under the lock. */
import type { Priority } from '../contract/common.ts';
import type { HandoffTrigger } from '../contract/conversation.ts';
import type { Risk } from '../contract/draft.ts';
import type { Because, Decision } from '../contract/message.ts';
import type { Why } from '../contract/why.ts';
import type { SpeakingState } from '../domain/policy.ts';
import type { PlaybookChange } from '../pipeline/playbook.ts';
import type { PlannedAction } from './draft-actions.ts';

/** How a run ends. */
export type Outcome =
  /** Stopped on the way: nothing is settled, and it starts over. */
  | { kind: 'again' }
  /** People have the word: nothing to say. */
  | { kind: 'none' }
  | { kind: 'quiet'; decision: Decision }
  | { kind: 'blocked'; reason: string; text: string }
  | {
      kind: 'reply';
      playbook?: PlaybookChange | null;
      text: string;
      because: Because;
      actions: readonly PlannedAction[];
      risk: Risk;
      fallback: boolean;
      asked: Pick<SpeakingState, 'mentioned' | 'classifier' | 'intentAllowed'>;
    }
  /** `offer`: the routes to choose from; left out, all of them. `undone`: what the agent would have done with a person's approval. */
  | {
      kind: 'handoff';
      playbook?: PlaybookChange | null;
      trigger: HandoffTrigger;
      reason: string;
      found?: string | null;
      routeId: string | null;
      departmentId: string | null;
      priority: Priority | null;
      offer?: readonly string[];
      undone?: readonly PlannedAction[];
    }
  /** The playbook reached a goal with which the conversation is closed. */
  | { kind: 'close'; playbook: PlaybookChange; reason: string }
  | { kind: 'failure'; reason: string; why: Why };

/** What became of it: `restart` where a newer message sends the run back, `lost` where somebody else took the word. */
export type Committed = 'none' | 'sent' | 'staged' | 'quiet' | 'blocked' | 'handed_off' | 'closed' | 'failed' | 'restart' | 'lost' | 'stale';

/** What the agent wants to say to the customer. */
export type Reply = Extract<Outcome, { kind: 'reply' }>;
