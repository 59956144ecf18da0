/** Rises when what tabs share changes, so that tabs of two versions keep apart. */
const PROTOCOL = 1;

/** Whose state it is: elements of a page and tabs of an origin share when all of this is equal. */
export interface Identity {
  readonly base: string;
  readonly workspace: string;
  readonly operator: string;
}

/** The name under which an identity's stream and texts are shared and kept. */
export function nameOf({ base, workspace, operator }: Identity): string {
  return `convene-operator-${PROTOCOL} ${[base, workspace, operator].map(encodeURIComponent).join(' ')}`;
}
