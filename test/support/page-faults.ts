/** What elements said in the console of a page, or threw into it, since it was last looked at; filled by `launchBrowser`. */
export const pageFaults: string[] = [];
