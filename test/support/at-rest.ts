/** Waits until nothing fades or slides any more, in an element and all that is drawn in it; what goes on for ever is not waited for. */
export async function atRest(root: Element | ShadowRoot): Promise<void> {
  const moving = root.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.all(moving.map(({ finished }) => finished.catch(() => undefined)));
  const inner = [...(root instanceof Element ? [root] : []), ...root.querySelectorAll('*')];
  for (const { shadowRoot } of inner) if (shadowRoot) await atRest(shadowRoot);
}
