/** Which chat of a site this is: all that its visitor keeps lies under one name. */
export interface ChatPlace {
  /** Where the API is: an absolute URL without `/v1` and without a slash at its end. */
  readonly base: string;
  readonly workspace: string;
  readonly channelAccountId?: string;
}

/** The name under which the browser keeps a visitor's session; nothing is kept before the chat was first opened. */
export function vaultName({ base, workspace, channelAccountId }: ChatPlace): string {
  return ['convene-chat', base, workspace, channelAccountId ?? ''].join('|');
}

/** True when somebody has opened this chat before in this browser. */
export function keptSession(place: ChatPlace): boolean {
  try {
    return localStorage.getItem(vaultName(place)) !== null;
  } catch {
    return false;
  }
}
