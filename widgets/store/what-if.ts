import type { WhatIf, WhatIfProgress, WhatIfResult } from '../../server/contract/classifier.ts';
import type { Code, Problem } from '../../server/contract/common.ts';
import { EventParser } from '../stream/sse.ts';
import type { Client } from './client.ts';
import type { Result } from './core.ts';
import { ApiProblem, asProblem } from './problem.ts';

/** How many of the newest messages are decided once more. */
export const SAMPLE = 200;

/**
 * Decides an agent's newest messages as now and as changed, with word of the progress.
 * @param signal ends it: what was asked is not asked any further
 */
export async function whatIf(
  client: Client,
  agentId: string,
  change: Omit<WhatIf, 'sample'>,
  progress: (progress: WhatIfProgress) => void,
  signal: AbortSignal,
): Promise<Result<WhatIfResult>> {
  try {
    const response = await client.stream(`/v1/agents/${agentId}/what-if`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ ...change, sample: { last: SAMPLE } } satisfies WhatIf),
      signal,
    });
    let outcome: Result<WhatIfResult> = { ok: false, problem: new ApiProblem('unreachable', 0, 'The answer broke off') };
    const parser = new EventParser(
      ({ type, data }) => {
        const said: unknown = JSON.parse(data);
        if (type === 'progress') progress(said as WhatIfProgress);
        else if (type === 'result') outcome = { ok: true, value: said as WhatIfResult };
        else if (type === 'problem') outcome = { ok: false, problem: problemOf(said as Problem) };
      },
      () => {},
    );
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) parser.feed(piece.value);
    return outcome;
  } catch (thrown) {
    return { ok: false, problem: asProblem(thrown) };
  }
}

const problemOf = ({ code, status, detail }: Problem): ApiProblem => new ApiProblem(code satisfies Code, status, detail);
