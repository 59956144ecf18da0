/** Labels that begin a quoted header block, as Outlook writes it: its sender line and its subject line. */
const senderLabel = /^\*?(from|von|de|da|van|från|fra|od|от|差出人|发件人)\*?\s?[:：]/i;
const subjectLabel = /^\*?(subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|тема|件名|主题)\*?\s?[:：]/i;
const originalMark =
  /^-{2,}\s?(original message|ursprüngliche nachricht|message d.origine|mensaje original|messaggio originale|oorspronkelijk bericht)\s?-{2,}$/i;
const forwardedSubject = /^\s*(fwd?|wg|tr|rv|enc|i)\s*:/i;
/** How far below its sender line a quoted header block names its subject. */
const blockLines = 8;

const isBlank = (line: string) => line.trim() === '';
const isQuote = (line: string) => line.startsWith('>');

/** Whether a mail passes another one on, so that what stands below is no history of this one. */
export const isForwarded = (subject: string): boolean => forwardedSubject.test(subject);

/** Where a block of headers of an older mail begins, as Outlook puts it above the history; -1 when there is none. */
function headerBlockStart(lines: string[]): number {
  return lines.findIndex((line, index) => {
    if (originalMark.test(line.trim())) return true;
    if (!senderLabel.test(line.trim())) return false;
    return lines.slice(index + 1, index + blockLines).some((below) => subjectLabel.test(below.trim()));
  });
}

/** Where the last lines are all quoted with `>`, the index of the first of them, with its "… wrote:" line; -1 if not. */
function trailingQuoteStart(lines: string[]): number {
  let end = lines.length;
  while (end > 0 && isBlank(lines[end - 1] ?? '')) end -= 1;
  let start = end;
  while (start > 0 && (isQuote(lines[start - 1] ?? '') || isBlank(lines[start - 1] ?? ''))) start -= 1;
  while (start < end && isBlank(lines[start] ?? '')) start += 1;
  if (start === end) return -1;
  let above = start - 1;
  while (above >= 0 && isBlank(lines[above] ?? '')) above -= 1;
  if (!/[:：]\s*$/.test(lines[above] ?? '')) return start;
  while (above > 0 && start - above < 4 && !isBlank(lines[above - 1] ?? '') && !/^(on|am|le|el|il|op|den)\b/i.test(lines[above] ?? '')) above -= 1;
  return above;
}

/**
 * Parts what a person wrote from the history below it. History is cut only where it is all that follows, so answers
 * written between quoted lines stay whole; so do forwarded mails, and mails that would have nothing left.
 */
export function splitQuote(text: string, subject: string): { text: string; quoted?: string } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const whole = lines.join('\n').trim();
  if (isForwarded(subject)) return { text: whole };
  const block = headerBlockStart(lines);
  let start = block >= 0 ? block : trailingQuoteStart(lines);
  if (start < 0) return { text: whole };
  while (start > 0 && (isBlank(lines[start - 1] ?? '') || /^_{10,}$/.test((lines[start - 1] ?? '').trim()))) start -= 1;
  const visible = lines.slice(0, start).join('\n').trim();
  return visible === '' ? { text: whole } : { text: visible, quoted: lines.slice(start).join('\n').trim() };
}
