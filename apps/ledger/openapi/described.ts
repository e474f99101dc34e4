import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ofEveryCaller, problemsOf, type Problems } from './problems.js';
import type { Schema } from './values.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type RequestBody = Extract<NonNullable<Operation['requestBody']>, { content: object }>;
type Response = Extract<NonNullable<Operation['responses'][string]>, { description: string }>;
type Media = NonNullable<Response['content']>[string];
type Header = Extract<NonNullable<Response['headers']>[string], { schema?: Schema }>;

/** A parameter as its slice describes it. Those in the path are always required. */
export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  readonly required?: boolean;
}

type Content = Readonly<Record<string, Media>>;

export interface Answer {
  readonly description: string;
  readonly content?: Content;
  readonly headers?: Readonly<Record<string, Header>>;
}

/** Everything the document says about one operation. */
export interface Description {
  readonly operationId: string;
  readonly tag: string;
  /** a few words, in the imperative */
  readonly summary: string;
  /** paragraphs of CommonMark */
  readonly description: readonly string[];
  /** anybody may call it, without a token */
  readonly isPublic?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: RequestBody;
  /** by status: what is answered when all is well */
  readonly answers: Readonly<Record<number, Answer>>;
  /** what else can be answered, by code of the problem */
  readonly problems?: Problems;
  /** classes its schemas refer to */
  readonly models?: readonly (new () => object)[];
}

/** The operation as OpenAPI writes it. */
export function operationOf(described: Description): Operation {
  const { operationId, tag, summary, description, isPublic = false, parameters = [], requestBody } = described;
  const problems = { ...(isPublic ? {} : ofEveryCaller), ...described.problems };
  return {
    operationId,
    tags: [tag],
    summary,
    description: description.join('\n\n'),
    ...(isPublic && { security: [] }),
    parameters: parameters.map((one) => ({ ...one, required: one.in === 'path' || one.required === true })),
    ...(requestBody && { requestBody }),
    responses: { ...described.answers, ...problemsOf(problems) },
  };
}

/** Describes a handler. Parameters and answers are what is said here, not what its signature lets one guess. */
export function described(description: Description): MethodDecorator & ClassDecorator {
  const { parameters = [], responses, ...operation } = operationOf(description);
  return applyDecorators(
    ApiExtraModels(...(description.models ?? [])),
    ApiOperation(operation),
    ...parameters.map((one) => parameterDecorators[(one as Parameter).in](one as Parameter)),
    ...Object.entries(responses).map(([status, response]) =>
      ApiResponse({ status: Number(status), ...(response as Response) }),
    ),
  );
}

const parameterDecorators = { path: ApiParam, query: ApiQuery, header: ApiHeader };

export const refersTo = (model: string | (new () => object)): Schema => ({ $ref: getSchemaPath(model) });

/** An answer in JSON. */
export const json = (schema: Schema, example?: unknown): Content => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
});
