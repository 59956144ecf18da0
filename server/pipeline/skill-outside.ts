/** How skills reach the outside: by the same way as webhooks, judged by the same rules. */
import type { Fetch } from '../channels/channel.ts';
import { judgeFault, judgeStatus } from '../channels/http.ts';
import { signStandard } from '../channels/signatures.ts';
import type { Outside, Refusal } from '../skills/skill.ts';

/** @param fetch reaches the public internet, and what the deployment names of its own network, and nothing else */
export function skillOutside(fetch: Fetch): Outside {
  const said = ({ kind, error, retryAfterMs }: Refusal): Refusal => ({
    kind,
    error: error.replaceAll('The provider', 'The endpoint').replaceAll('the provider', 'the endpoint'),
    retryAfterMs,
  });
  return {
    fetch,
    sign: (secret, id, body) => signStandard([secret], id, Buffer.from(body), new Date()),
    faultOf: (error, repeatable) => said(judgeFault(error, repeatable)),
    refusalOf: (answer, reason, repeatable) => said(judgeStatus(answer, reason, new Date(), repeatable)),
  };
}
