import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { TokenVerifier, type Caller } from '#access';
import { DomainError } from '#kernel';

const publicRoute = 'nachweis:public';
const bearer = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;
const callers = new WeakMap<object, Caller>();

/** Marks the few routes that anybody may call: health and the API's own description. */
export const Public = (): CustomDecorator => SetMetadata(publicRoute, true);

/** Nobody is anonymous: a request reaches its handler with a verified bearer token (RFC 6750 §2.1) or not at all. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly reflector: Reflector,
  ) {}

  /** @throws DomainError `unauthenticated` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(publicRoute, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isPublic === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = bearer.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new DomainError('unauthenticated', 'send a bearer token');
    callers.set(request, await this.verifier.verify(token));
    return true;
  }
}

/** @throws DomainError `unauthenticated` on a route without guard */
export function callerOfRequest(request: object): Caller {
  const caller = callers.get(request);
  if (caller === undefined) throw new DomainError('unauthenticated', 'nobody is known for this request');
  return caller;
}

/** The verified caller of the request, as a parameter of a handler. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller =>
  callerOfRequest(context.switchToHttp().getRequest<FastifyRequest>()),
);
