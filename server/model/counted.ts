import type { LanguageModelV3Middleware, LanguageModelV3StreamPart, LanguageModelV3Usage } from '@ai-sdk/provider';
import { wrapLanguageModel } from 'ai';
import type { Models } from './provider.ts';

/** Tokens, as the endpoint counts them. */
export interface Tokens {
  input: number;
  output: number;
}

/** The same model, with what its calls have used so far, also those that came to nothing. */
export function counted(models: Models): { models: Models; used: Tokens } {
  const used: Tokens = { input: 0, output: 0 };
  const add = ({ inputTokens, outputTokens }: LanguageModelV3Usage): void => {
    used.input += inputTokens.total ?? 0;
    used.output += outputTokens.total ?? 0;
  };
  const middleware: LanguageModelV3Middleware = {
    specificationVersion: 'v3',
    async wrapGenerate({ doGenerate }) {
      const result = await doGenerate();
      add(result.usage);
      return result;
    },
    async wrapStream({ doStream }) {
      const { stream, ...rest } = await doStream();
      const watch = new TransformStream<LanguageModelV3StreamPart, LanguageModelV3StreamPart>({
        transform(part, controller) {
          if (part.type === 'finish') add(part.usage);
          controller.enqueue(part);
        },
      });
      return { ...rest, stream: stream.pipeThrough(watch) };
    },
  };
  return { models: { ...models, language: wrapLanguageModel({ model: models.language, middleware }) }, used };
}
