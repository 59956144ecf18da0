/** The sections of the settings: each is one file that says how it is named and what it shows. */
import type { TemplateResult } from 'lit';
import type { settings } from '../locales/en/settings.ts';
import type { State } from '../store/state.ts';
import type { StoreElement } from '../store/element.ts';
import type { Glyph } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';
import { channelsSection } from './settings-channels.ts';
import { departmentsSection } from './settings-departments.ts';
import { macrosSection } from './settings-macros.ts';
import { quickSection } from './settings-quick.ts';
import { routingSection } from './settings-routing.ts';
import { tagsSection } from './settings-tags.ts';
import { trackerSection } from './ticket-tracker-settings.ts';

export type SettingWords = Spoken<typeof settings>;

/** The element that sections render through. It asks before something goes that is not saved. */
export type SettingsHost = StoreElement & { leave(go: () => void): void };

/** One entry of the navigation. */
export interface Section {
  readonly id: string;
  readonly glyph: Glyph;
  /** Of a group of sections that begins with this one. */
  heading?(words: SettingWords): string;
  title(words: SettingWords): string;
  /** How many things need somebody, at the end of its entry, and the same in words. */
  note?(state: State, words: SettingWords): { readonly count: string; readonly says: string } | undefined;
  open(host: SettingsHost, words: SettingWords): SectionView;
}

/** A section on screen. It renders through its host, which calls `start` when it is shown and `stop` when it leaves. */
export interface SectionView {
  render(): TemplateResult;
  /** Something was typed that is not saved; it would be lost. */
  readonly unsaved: boolean;
  start(): void;
  stop(): void;
}

/** In the order of the navigation. */
export const sections: readonly Section[] = [channelsSection, tagsSection, departmentsSection, routingSection, quickSection, macrosSection, trackerSection];
