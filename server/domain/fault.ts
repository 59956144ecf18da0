import type { Why, WhyCode } from '../contract/why.ts';

/**
 * The sentences in which channels, skills and the model tell what went wrong, by their codes; a group in a sentence is its
 * value. What a provider, a server or a person said in words of their own is not among them.
 */
const SENTENCES: readonly (readonly [WhyCode, RegExp])[] = [
  ['model_timeout', /^the model did not answer in time(?:: [^]*)?$/],
  ['model_rate_limited', /^the model refused more requests for now(?:: [^]*)?$/],
  ['model_unavailable', /^the model could not be reached or failed(?:: [^]*)?$/],
  ['model_auth', /^the model refused the key(?:: [^]*)?$/],
  ['model_nonsense', /^the model gave no usable answer(?:: [^]*)?$/],
  ['model_aborted', /^the run was stopped$/],
  ['opted_out', /^(?:Twilio error \d+: the customer has opted out with|the customer wrote) STOP$/],
  ['unreachable', /^(?:The (?:provider|endpoint)|It) could not be reached(?: \((.+)\))?\.$/],
  ['address_private', /^The address is not on the public internet\.$/],
  ['certificate', /^The(?: (?:provider|endpoint|mail server)['’]s)? certificate is not valid(?:: ([^]*)| \((.+)\)\.)$/],
  ['no_answer_in_time', /^(?:The (?:provider|endpoint|server) did not answer|No answer came) in time\.$/],
  ['broke_off', /^The connection(?: to the (?:provider|endpoint))? broke off(?: \((.+)\))?\.$/],
  ['leads_elsewhere', /^The endpoint answered (\d+) and leads elsewhere; /],
  ['answered', /^(?:The (?:provider|endpoint|server|mail server)|It) answered(?:: ([^]*)| (\d+: [^]*)| (\d+)\.)$/],
  ['attempt_ended', /^The attempt ended without an answer\.$/],
  ['stopped_before', /^Stopped before anything was sent\.$/],
  ['unnamed', /^(\S+) accepted the call but named no message\.$/],
  ['no_reason', /^No reason was given\.$/],
  ['mail_unusable', /^The mail server could not be used: ([^]*)$/],
  ['mail_unconfirmed', /^The mail server did not confirm the mail: ([^]*)$/],
  ['mail_login', /^The mail server refused user name or password: ([^]*)$/],
  ['mail_ended', /^The mail server ended the connection\.$/],
  ['mail_no_folder', /^The mailbox has no folder ([^]*)\.$/],
  ['mail_unencrypted', /^Mail without encryption is sent only to a server on this machine\.$/],
  ['host_private', /^The mail server is not on the public internet, and PRIVATE_HOSTS does not name it\.$/],
  ['host_unknown', /^The (?:mail server’s )?name has no address(?: \((.+)\))?\.$/],
  ['no_copy', /^(?:No copy went to|The copy to) ([^]*)$/],
  ['copies_unknown', /^It is not known whether the copies went out: ([^]*)$/],
  ['delayed', /^It is delayed: (?:no reason was given|([^]*))$/],
  ['mail_unstored', /^Mail could not be stored\.$/],
  ['not_set_up', /^(?:The account is not set up: |the account lacks |The mailbox cannot be read: the account lacks )([^]*?)\.?$/],
  ['account_unread', /^the account could not be read\.?$/i],
  ['account_gone', /^the channel account is gone$/],
  ['account_inactive', /^the channel account is not active$/],
  ['window_closed', /^the 24 hours for free answers are over$/],
  ['too_long', /^(?:With its routes the|The) text has (\d+) characters; \d+ are allowed(?: here)?\.$/],
  [
    'not_sendable',
    /^(?:A telephone call takes no written message|LinkedIn messages are sent by hand on LinkedIn|The chat widget is delivered by our own commit)\.$/,
  ],
  ['in_doubt', /^in doubt$/],
  ['template_files', /^A template goes without files\.$/],
  ['sound_alone', /^WhatsApp sends sound without a text; send them as two messages\.$/],
  ['phone_suspended', /^Twilio error \d+: the Twilio account is suspended$/],
  ['phone_unreachable', /^Twilio error \d+: the phone cannot be reached$/],
  ['phone_blocked', /^Twilio error \d+: the message was blocked$/],
  ['phone_unknown', /^Twilio error \d+: the number does not exist$/],
  ['phone_landline', /^Twilio error \d+: a landline or an unreachable carrier$/],
  ['phone_spam', /^Twilio error \d+: the carrier filtered it as spam$/],
  ['files_unread', /^the files could not be read$/],
  ['file_gone', /^a file of the message is gone$/],
  ['file_late', /^The file did not come in time\.$/],
  ['file_unfetched', /^The file could not be fetched(?: \((.+)\))?\.$/],
  [
    'file_nowhere',
    /^(?:The file has no address|The address is not one of the web|The address leads nowhere|The address leads on too often|The provider keeps no such file|Meta did not say where the file is|Twilio names its files by address)\.$/,
  ],
  ['answer_too_large', /^The (?:answer has|server sent) more than (\d+) bytes\.$/],
  ['file_too_large', /^(?:The file|.+) has (?:more than )?(\d+) bytes(?:; at most \d+ are kept|; \d+ are allowed here)?\.$/],
  ['too_many_files', /^(?:A message may have at most (\d+) files|The message has \d+ files; (\d+) are allowed here)\.$/],
  ['secret_missing', /^No (?:webhook secret|app secret|auth token) is configured\.$/],
  ['signature_missing', /^(?:The \S+ header is missing(?: or malformed)?|webhook-id, webhook-timestamp or webhook-signature is missing)\.$/],
  ['signature_wrong', /^The signature is wrong\.$/],
  ['signature_old', /^The (?:signature|timestamp) is older than five minutes, or from the future\.$/],
  ['body_unsigned', /^(?:The body is not the one that was signed|The form has a parameter that Twilio does not send)\.$/],
  ['takes_no_webhooks', /^(?:The chat widget takes no webhooks|LinkedIn activity is logged by hand; it takes no webhooks)\.$/],
  ['token_wrong', /^The verify token is wrong\.$/],
  ['no_challenge', /^This is no challenge\.$/],
  ['leads_nowhere', /^The address leads on too often, or nowhere\.$/],
  ['leads_insecure', /^The address leads to one that is not secure\.$/],
  ['answer_type', /^The answer is neither JSON nor plain text\.$/],
  ['answer_not_json', /^The answer says that it is JSON, and is not\.$/],
  ['answer_unexpected', /^The server did not speak as expected: ([^]*)$/],
  ['tool_failed', /^The tool says that it failed\.$/],
  ['skill_failed', /^(?:The skill failed\.|failed)$/],
  ['arguments_unfit', /^the arguments do not fit(?:: ([^]*))?$/i],
  ['time_over', /^that time is over$/],
  ['time_far', /^too far ahead$/],
  ['time_taken', /^a meeting is booked then already$/],
  ['no_meeting', /^no such meeting$/],
  ['several_meetings', /^(\d+) meetings$/],
  ['no_stage', /^no stage “([^]*)”$/],
  ['no_tag', /^no tag “([^]*)”$/],
  ['no_article', /^no article covers this$/],
  ['done', /^done$/],
  ['handed_over', /^handed to people$/],
  ['no_tracker', /^No tracker is set up, or its secret cannot be read\.$/],
];
/** What a test of an account puts before its sentence, and what the last of several attempts puts behind it. */
const STEP = /^(?:smtp|imap|provider|webhook|message): /;
const TRIED = /(?:; tried| It was tried) \d+ times\.?$/;

/**
 * What went wrong, as a code with what is said of it, so that every reader has it in their language.
 * @param told the sentence, as it is kept and as logs have it
 * @returns null where it is in somebody else's words
 */
export function whyOf(told: string | null | undefined): Why | null {
  if (!told) return null;
  const lacks = /^(?:receive|send): (.+)$/.exec(told);
  if (lacks) return { code: 'not_set_up', value: lacks[1]! };
  const sentence = told.replace(STEP, '').replace(TRIED, '');
  const refused = /^refused a webhook: ([^]*)$/.exec(sentence);
  // Its value is the code of the reason, where that has one.
  if (refused) return { code: 'webhook_refused', value: whyOf(refused[1])?.code ?? refused[1]! };
  for (const [code, pattern] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found) {
      const value = found.slice(1).find((part) => part !== undefined);
      return { code, ...(value !== undefined && { value }) };
    }
  }
  return null;
}

/** The same where it stands beside a sentence: left out where there is none. */
export function besideWhy(told: string | null | undefined): { why?: Why } {
  const why = whyOf(told);
  return why ? { why } : {};
}
