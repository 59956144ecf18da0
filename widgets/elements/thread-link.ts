/** A link to a conversation within the page that shows it: the page's own address with the conversation's id in its query. */
export function linkTo(conversationId: string, page: string): string {
  const url = new URL(page);
  url.searchParams.set('conversation', conversationId);
  return url.href;
}
