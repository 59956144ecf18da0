/** A link to a conversation within the page that shows it, or to one item of it: the page's own address with their ids in its query. */
export function linkTo(conversationId: string, page: string, messageId?: string): string {
  const url = new URL(page);
  url.searchParams.set('conversation', conversationId);
  if (messageId) url.searchParams.set('message', messageId);
  else url.searchParams.delete('message');
  return url.href;
}
