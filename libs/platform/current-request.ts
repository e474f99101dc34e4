import { context, createContextKey, type Context } from '@opentelemetry/api';

const key = createContextKey('id of the request');

/** The id of the request that is being answered; undefined outside of requests. */
export const currentRequestId = (): string | undefined => context.active().getValue(key) as string | undefined;

/** What runs in the returned context is done for this request. */
export const forRequest = (id: string): Context => context.active().setValue(key, id);
