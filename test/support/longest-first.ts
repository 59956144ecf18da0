/** In which order test files run. */
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files that take half a minute and more, mostly by waiting for programs to start and end; their size does not tell. */
const LONG = /server\/(setup-process|setup-user|kill|kill-postgres|fence|pool-screens|mail-kill|media-memory|bulk-fence|once)\.test\.ts$|e2e\//;

/** The long ones first, so that no worker is left alone with one at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    const inOrder = super.sort.bind(this);
    const [long, others] = await Promise.all([inOrder(files.filter(isLong)), inOrder(files.filter((file) => !isLong(file)))]);
    return [...long, ...others];
  }
}
