/**
 * The one script that runs in a mail's page. It tells the page round it how high the mail is, how many pictures were left
 * out, whether the sender's are shown always, and whether history or a signature is folded; that page may ask for these to be opened. Nothing else passes.
 */
export const script = `
(() => {
  const root = document.getElementById('mail');
  const blocked = Number(root.dataset.blocked);
  const size = (node) => node.textContent.replace(/\\s/g, '').length;
  const says = (node) => size(node) > 0 || node.nodeName === 'IMG' || Boolean(node.querySelector?.('img'));
  const after = (node) => {
    const found = [];
    for (let at = node; at !== root; at = at.parentNode) for (let next = at.nextSibling; next; next = next.nextSibling) found.push(next);
    return found;
  };
  const heads = '.moz-cite-prefix, #user-content-divRplyFwdMsg, #user-content-appendonsend, #user-content-mail-editor-reference-message-container, '
    + 'div[style*="border-top:solid #E1E1E1" i], div[style*="border-top:solid #B5C4DF" i]';
  const quotes = 'blockquote, .gmail_quote, .gmail_quote_container, .yahoo_quoted, .protonmail_quote, .tutanota_quote';
  const signatures = '.gmail_signature, .gmail_signature_prefix, .moz-signature, #user-content-AppleMailSignature, #user-content-ms-outlook-mobile-signature, [id^="user-content-Signature" i]';

  /* Everything below the head of an older mail; else a quote with nothing after it, so that answers between quotes stay. */
  const history = () => {
    const head = root.querySelector(heads);
    if (head) return [head, ...after(head)];
    const last = [...root.querySelectorAll(quotes)].filter((one) => !one.parentElement.closest(quotes)).pop();
    if (!last || after(last).some(says)) return [];
    const above = last.previousElementSibling;
    const isAttribution = above && size(above) < 300 && /[:\\uff1a]\\s*$/.test(above.textContent);
    return isAttribution ? [above, last, ...after(last)] : [last, ...after(last)];
  };
  /* What a mail program marks as one, or all below a line of two hyphens (RFC 3676, 4.3). */
  const signature = () => {
    const found = [...root.querySelectorAll(signatures)];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text && found.length === 0; text = walker.nextNode()) {
      const line = /(?:^|\\n)--[ \\u00a0]?(?=\\n|$)/.exec(text.data);
      if (!line || (size(text) > 2 && !text.parentElement.closest('pre'))) continue;
      const rest = size(text) > 2 ? text.splitText(line.index) : text;
      found.push(rest, ...after(rest));
    }
    return found;
  };
  const fold = (nodes) => {
    for (const node of nodes) {
      if (node.nodeType === Node.ELEMENT_NODE) node.classList.add('convene-folded');
      else if (size(node) > 0) {
        const span = document.createElement('span');
        span.className = 'convene-folded';
        node.replaceWith(span);
        span.append(node);
      }
    }
  };
  const page = document.documentElement;
  if (root.hasAttribute('data-folds')) {
    fold(history());
    fold(signature().filter((node) => !(node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest('.convene-folded')));
    const outermost = [...root.querySelectorAll('.convene-folded')].filter((one) => !one.parentElement.closest('.convene-folded'));
    const hidden = outermost.reduce((sum, one) => sum + size(one), 0);
    /* A mail that would have nothing left is shown whole. */
    page.classList.toggle('convene-closed', hidden > 0 && hidden < size(root));
  }
  const folded = page.classList.contains('convene-closed');
  const tell = () => parent.postMessage({ convene: 'mail', height: Math.ceil(root.getBoundingClientRect().height), blocked, folded, always: root.hasAttribute('data-always') }, '*');
  addEventListener('message', ({ source, data }) => {
    if (source === parent && folded && data?.convene === 'fold') page.classList.toggle('convene-closed', data.closed === true);
  });
  new ResizeObserver(tell).observe(root);
  tell();
})();
`;
