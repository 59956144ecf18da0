import type { BulkConversations, BulkResult } from '../../server/contract/conversation.ts';
import type { Operation } from '../../server/contract/operation.ts';
import type { z } from 'zod';
import type { Core, Result } from './core.ts';

export type BulkRequest = z.input<typeof BulkConversations>;
export type BulkAnswer = z.infer<typeof BulkResult>;

/** Changing many conversations at once, following that, and taking it back. */
export class Bulk {
  constructor(
    private readonly core: Core,
    private readonly recount: () => void,
  ) {}

  /** Changes them. The same request under the same `operationId` goes on with what was begun, and is done once. */
  change(body: BulkRequest & { operationId: string }): Promise<Result<BulkAnswer>> {
    return this.counted(this.core.ask(() => this.core.client.api.v1.conversations.bulk.$post({ json: body })));
  }

  /** How far one has come. */
  progress(id: string): Promise<Result<Operation>> {
    return this.core.ask(() => this.core.client.api.v1.operations[':id'].$get({ param: { id } }));
  }

  /** Leaves the rest as it is. */
  cancel(id: string): Promise<Result<Operation>> {
    return this.core.ask(() => this.core.client.api.v1.operations[':id'].cancel.$post({ param: { id } }));
  }

  /** Puts back what one changed; what somebody changed since stays. */
  undo(id: string): Promise<Result<BulkAnswer>> {
    return this.counted(this.core.ask(() => this.core.client.api.v1.operations[':id'].undo.$post({ param: { id } })));
  }

  private async counted(answer: Promise<Result<BulkAnswer>>): Promise<Result<BulkAnswer>> {
    const settled = await answer;
    this.recount();
    return settled;
  }
}
