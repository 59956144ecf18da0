import { z } from 'zod';
import { Id, Time } from './common.ts';
import { endpoint } from './endpoint.ts';

/** A change of many conversations, while it goes on and after. */
export const Operation = z.object({
  id: Id,
  /** `stopped`: whoever was at it is gone; the same request under the same id goes on with it. */
  status: z.enum(['running', 'stopped', 'done', 'cancelled', 'undone']),
  /** How many conversations it covers. */
  total: z.number().int(),
  /** How many it has been to, those that were refused included. */
  done: z.number().int(),
  refused: z.number().int(),
  createdAt: Time,
});
export type Operation = z.infer<typeof Operation>;

export const operationEndpoints = {
  getOperation: endpoint({
    method: 'get',
    path: '/v1/operations/:id',
    audience: 'operator',
    summary: 'How far a bulk operation of the caller has come',
    status: 200,
    response: Operation,
  }),
  cancelOperation: endpoint({
    method: 'post',
    path: '/v1/operations/:id/cancel',
    audience: 'operator',
    summary: 'Leave the rest of a bulk operation as it is; what was changed stays, and can be undone',
    status: 200,
    response: Operation,
  }),
};
