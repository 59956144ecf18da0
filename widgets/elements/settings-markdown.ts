/** Markdown as it reads, made of templates: nothing that was written becomes HTML, so that no article can bring any. */
import { html, nothing, type TemplateResult } from 'lit';
import { lexer, type Token, type Tokens } from 'marked';

/** Addresses that a link may lead to. */
const SAFE = /^(https?:|mailto:|tel:)/i;
/** Deeper quotes and lists are shown as they were written. */
const DEEPEST = 12;

/** @param text markdown; HTML in it is shown as the text that it is */
export const readMarkdown = (text: string): TemplateResult => html`<div class="read" dir="auto">${blocks(lexer(text), 0)}</div>`;

const blocks = (tokens: readonly Token[], depth: number): unknown[] => tokens.map((token) => (depth > DEEPEST ? token.raw : block(token, depth)));

function block(token: Token, depth: number): unknown {
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading': {
      const said = inline(token.tokens ?? [], depth);
      const level = (token as Tokens.Heading).depth;
      return level === 1 ? html`<h3>${said}</h3>` : level === 2 ? html`<h4>${said}</h4>` : html`<h5>${said}</h5>`;
    }
    case 'paragraph':
      return html`<p>${inline(token.tokens ?? [], depth)}</p>`;
    case 'text':
      return 'tokens' in token && token.tokens ? inline(token.tokens, depth) : plain(token as Tokens.Text);
    case 'code':
      return html`<pre><code>${(token as Tokens.Code).text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${blocks(token.tokens ?? [], depth + 1)}</blockquote>`;
    case 'hr':
      return html`<hr>`;
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const lines = items.map((item) => html`<li>${blocks(item.tokens, depth + 1)}</li>`);
      return ordered ? html`<ol start=${start || 1}>${lines}</ol>` : html`<ul>${lines}</ul>`;
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return html`<table><thead><tr>${header.map((cell) => html`<th>${inline(cell.tokens, depth)}</th>`)}</tr></thead><tbody>${rows.map(
        (row) => html`<tr>${row.map((cell) => html`<td>${inline(cell.tokens, depth)}</td>`)}</tr>`,
      )}</tbody></table>`;
    }
    default:
      return html`<p>${token.raw}</p>`;
  }
}

const inline = (tokens: readonly Token[], depth: number): unknown[] => tokens.map((token) => (depth > DEEPEST ? token.raw : span(token, depth + 1)));

function span(token: Token, depth: number): unknown {
  const inner = (): unknown[] => inline(('tokens' in token && token.tokens) || [], depth);
  switch (token.type) {
    case 'strong':
      return html`<strong>${inner()}</strong>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'del':
      return html`<s>${inner()}</s>`;
    case 'codespan':
      return html`<code>${(token as Tokens.Codespan).text}</code>`;
    case 'br':
      return html`<br>`;
    case 'link': {
      const { href } = token as Tokens.Link;
      return SAFE.test(href) ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${inner()}</a>` : inner();
    }
    // No picture is fetched for a preview: agents answer in words.
    case 'image':
      return (token as Tokens.Image).text;
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens ? inner() : plain(token as Tokens.Text);
    default:
      return token.raw;
  }
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
/** The lexer writes some signs as HTML would. */
const plain = ({ text }: { text: string }): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);
