/** `npm run manifest`: what tools and other people's compilers read of the elements, in `dist/`. */
import { writeTypings } from './typings.ts';

await writeTypings('dist');
