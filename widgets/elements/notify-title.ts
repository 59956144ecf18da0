/** Which elements want what number before the title of the page. */
const wanted = new Map<object, number>();
/** The page's own title, and what we made of it. */
let own = '';
let ours = '';
let watching: MutationObserver | undefined;

/** Puts a number before the title of the page, or takes it away; what the page makes of its title meanwhile stays. */
export function badge(host: object, n: number): void {
  if (n > 0) wanted.set(host, n);
  else if (!wanted.delete(host)) return;
  draw();
}

function draw(): void {
  // Elements of one operator count the same.
  const n = Math.max(0, ...wanted.values());
  if (document.title !== ours || !watching) own = document.title;
  if (n === 0) {
    watching?.disconnect();
    watching = undefined;
    if (document.title === ours) document.title = own;
    ours = '';
    return;
  }
  ours = `(${n > 99 ? '99+' : n}) ${own}`;
  if (document.title !== ours) document.title = ours;
  // The page may write another title, or another element for it.
  watching ??= new MutationObserver(() => {
    if (document.title !== ours) draw();
  });
  watching.observe(document.head, { childList: true, subtree: true, characterData: true });
}
