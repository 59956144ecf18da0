import { ContextProvider } from '@lit/context';
import { css, html, type TemplateResult } from 'lit';
import { StoreElement } from '../store/element.ts';
import { sessionContext } from '../store/session.ts';
import { define } from '../ui/define.ts';

/**
 * Connects every element in it to one inbox. It takes no room by itself; providers of the same API, workspace and operator
 * on a page share one state and one stream, those of others keep apart.
 *
 * ```html
 * <conv-provider base="https://inbox.example" workspace="demo"><conv-inbox></conv-inbox></conv-provider>
 * ```
 *
 * @slot - the elements, anywhere inside
 * @fires conv-open - an element in it asks for a conversation to be opened: `{conversationId}`
 * @cssstate connecting - no answer has come yet
 * @cssstate live - changes arrive as they happen
 * @cssstate offline - the connection is lost, and tried again
 * @cssstate unauthorized - the token is not taken any more
 */
export class ConvProvider extends StoreElement {
  static override styles = css`
    :host { display: contents; }
  `;

  private readonly provider = new ContextProvider(this, { context: sessionContext, initialValue: {} });

  override render(): TemplateResult {
    for (const state of ['connecting', 'live', 'offline', 'unauthorized']) this.internals.states.delete(state);
    this.internals.states.add(this.connection);
    return html`<slot></slot>`;
  }

  protected override sessionChanged(): void {
    super.sessionChanged();
    this.provider.setValue(this.session ?? {});
  }
}

define('conv-provider', ConvProvider);

declare global {
  interface HTMLElementTagNameMap {
    'conv-provider': ConvProvider;
  }
}
