/** What a formatted mail is written with. */
import './mail-editor.ts';
import './mail-toolbar.ts';
