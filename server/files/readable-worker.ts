/** What runs in the worker that takes the text out of a page, as markdown: a script of its own, without modules. */
export const program = String.raw`
const { parentPort, workerData } = require('node:worker_threads');
const { JSDOM } = require(workerData.jsdom);

const SKIPPED = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'NAV', 'ASIDE', 'FOOTER', 'FORM', 'BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'IFRAME', 'SVG', 'MATH', 'CANVAS', 'VIDEO', 'AUDIO', 'OBJECT', 'EMBED', 'DIALOG', 'HEAD']);
const BLOCKS = new Set(['P', 'DIV', 'SECTION', 'ARTICLE', 'MAIN', 'HEADER', 'BODY', 'UL', 'OL', 'DL', 'DT', 'DD', 'TABLE', 'FIGURE', 'FIGCAPTION', 'ADDRESS', 'DETAILS', 'SUMMARY', 'FIELDSET', 'CENTER']);
const DEEPEST = 200;

const { document } = new JSDOM(workerData.html, { url: workerData.url || 'about:blank' }).window;

const isHidden = (el) => SKIPPED.has(el.tagName.toUpperCase()) || el.hasAttribute('hidden') || el.getAttribute('aria-hidden') === 'true' || /display:\s*none/.test(el.getAttribute('style') || '');

/** Text in one line, with emphasis, code and links. */
function inline(node, depth) {
  if (node.nodeType === 3) return node.data.replace(/\s+/g, ' ');
  if (node.nodeType !== 1 || depth > DEEPEST || isHidden(node)) return '';
  const inner = () => Array.from(node.childNodes, (child) => inline(child, depth + 1)).join('');
  const wrapped = (mark) => { const text = inner(); return text.trim() === '' ? text : text.replace(/^(\s*)([^]*?)(\s*)$/, (_all, a, b, c) => a + mark + b + mark + c); };
  switch (node.tagName) {
    case 'BR': return '\n';
    case 'STRONG': case 'B': return wrapped('**');
    case 'EM': case 'I': return wrapped('*');
    case 'CODE': case 'KBD': return wrapped('\x60');
    case 'A': {
      const text = inner();
      const href = node.href;
      return /^https?:/.test(href) && text.trim() !== '' && !(node.getAttribute('href') || '').startsWith('#') ? '[' + text.trim().replace(/[[\]]/g, '') + '](' + href.replace(/[()\s]/g, encodeURIComponent) + ')' : text;
    }
    default: return inner();
  }
}

const tidy = (text) => text.replace(/[ \t]+/g, ' ').replace(/ *\n */g, '\n').trim();

function list(node, depth, indent) {
  let number = 0;
  return Array.from(node.children, (item) => {
    if (item.tagName !== 'LI' || isHidden(item)) return '';
    number += 1;
    const mark = node.tagName === 'OL' ? number + '. ' : '- ';
    const nested = Array.from(item.children).filter((child) => child.tagName === 'UL' || child.tagName === 'OL');
    const own = tidy(Array.from(item.childNodes).filter((child) => !nested.includes(child)).map((child) => inline(child, depth + 1)).join('')).replace(/\n+/g, ' ');
    return [indent + mark + own, ...(depth < DEEPEST ? nested.map((inner) => list(inner, depth + 1, indent + '  ')) : [])].join('\n');
  }).filter(Boolean).join('\n');
}

function table(node) {
  const rows = Array.from(node.querySelectorAll('tr'), (row) => Array.from(row.children, (cell) => tidy(inline(cell, 0)).replace(/\n+/g, ' ').replaceAll('|', '/'))).filter((row) => row.some(Boolean));
  if (rows.length === 0) return '';
  const line = (cells) => '| ' + cells.join(' | ') + ' |';
  return [line(rows[0]), line(rows[0].map(() => '---')), ...rows.slice(1).map(line)].join('\n');
}

function blocks(node, depth, out) {
  let run = '';
  const flush = () => { const text = tidy(run); if (text) out.push(text); run = ''; };
  for (const child of node.childNodes) {
    if (child.nodeType !== 1) { run += inline(child, depth); continue; }
    if (isHidden(child) || depth > DEEPEST) continue;
    const name = child.tagName;
    if (/^H[1-6]$/.test(name)) { flush(); const text = tidy(inline(child, depth)).replace(/\n+/g, ' '); if (text) out.push('#'.repeat(Number(name[1])) + ' ' + text); }
    else if (name === 'UL' || name === 'OL') { flush(); const text = list(child, depth, ''); if (text) out.push(text); }
    else if (name === 'TABLE') { flush(); const text = table(child); if (text) out.push(text); }
    else if (name === 'PRE') { flush(); const text = child.textContent.replace(/^\n+|\s+$/g, ''); if (text) out.push('\x60\x60\x60\n' + text + '\n\x60\x60\x60'); }
    else if (name === 'BLOCKQUOTE') { flush(); const quoted = []; blocks(child, depth + 1, quoted); if (quoted.length) out.push(quoted.join('\n\n').replace(/^/gm, '> ')); }
    else if (name === 'HR') { flush(); }
    else if (BLOCKS.has(name)) { flush(); blocks(child, depth + 1, out); }
    else run += inline(child, depth);
  }
  flush();
}

const length = (el) => el.textContent.replace(/\s+/g, ' ').length;
const candidates = Array.from(document.querySelectorAll('article, main, [role="main"]')).toSorted((a, b) => length(b) - length(a));
const whole = length(document.body);
const root = candidates[0] && length(candidates[0]) > whole * 0.25 ? candidates[0] : document.body;
const out = [];
blocks(root, 0, out);
const first = root.querySelector('h1') || document.querySelector('h1');
const named = document.querySelector('meta[property="og:title"]');
const title = tidy((first && first.textContent) || (named && named.getAttribute('content')) || document.title || '').replace(/\s+/g, ' ');
if (out[0] && out[0].replace(/^#+ /, '') === title) out.shift();
parentPort.postMessage({ title, text: out.join('\n\n'), language: document.documentElement.lang || '' });
`;
