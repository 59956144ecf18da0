import { createOpenAI } from '@ai-sdk/openai';
import type { EmbeddingModelV3, LanguageModelV3 } from '@ai-sdk/provider';
import { createBuiltinModel } from './builtin/model.ts';

/** What the operator of the server may configure; all unset means the built-in model. */
export interface ModelSettings {
  /** Key of an OpenAI-compatible endpoint; some local ones take none. */
  apiKey?: string | undefined;
  /** Base URL with its version path, such as `https://api.openai.com/v1`. */
  baseUrl?: string | undefined;
  /** Model name as the endpoint knows it. */
  model?: string | undefined;
  /** Name of the model that computes embeddings at the same endpoint; none: articles are found by their words. */
  embeddingModel?: string | undefined;
  /** Milliseconds between the words of the built-in model, so that people can watch it write. Default 0. */
  builtinPauseMs?: number | undefined;
}

/** What computes embeddings. */
export interface Embedding {
  model: EmbeddingModelV3;
  name: string;
}

export interface Models {
  language: LanguageModelV3;
  /** True when nothing is configured and the offline model answers; screens say so. */
  builtin: boolean;
  /** For screens and logs. */
  name: string;
  /** Where the endpoint has embeddings. */
  embedding?: Embedding | null;
}

// The SDK would print its remarks about settings that a model ignores; the server's log is structured.
globalThis.AI_SDK_LOG_WARNINGS = false;

const DEFAULT_MODEL = 'gpt-4.1-mini';

/**
 * The language model that classifies and composes. With a key or a base URL it is that endpoint, spoken to by the
 * chat-completions protocol (the one that every OpenAI-compatible server knows); with neither it is the built-in one.
 */
export function createModels(settings: ModelSettings = {}): Models {
  const { apiKey, baseUrl, model, embeddingModel } = settings;
  if (!apiKey && !baseUrl) {
    return { language: createBuiltinModel({ pauseMs: settings.builtinPauseMs }), builtin: true, name: 'built-in' };
  }
  const name = model || DEFAULT_MODEL;
  const provider = createOpenAI({
    apiKey: apiKey || 'none',
    ...(baseUrl ? { baseURL: baseUrl.replace(/\/+$/, '') } : {}),
  });
  return {
    language: provider.chat(name),
    builtin: false,
    name,
    embedding: embeddingModel ? { model: provider.embeddingModel(embeddingModel), name: embeddingModel } : null,
  };
}
