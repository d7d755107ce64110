import { HTTP_ROUTES } from '../../../functions/functions.ts';
import { FunctionError } from '../lambda/function-error.ts';
import type { Functions } from '../lambda/functions.ts';
import { type HttpRequest, toEvent } from './event.ts';
import { type HttpResponse, json, toResponse } from './response.ts';

/** `POST /slack/events` → `slack`, and so on. */
const ROUTES: ReadonlyMap<string, string> = new Map(
  HTTP_ROUTES.flatMap(({ path, methods, to }) => methods.map((method) => [`${method} ${path}`, to] as const)),
);
const PATHS: ReadonlySet<string> = new Set(HTTP_ROUTES.map(({ path }) => path));

export interface HttpApi {
  /** True when the path belongs to the HTTP API, whatever the method. */
  owns(path: string): boolean;
  handle(request: HttpRequest): Promise<HttpResponse>;
}

/**
 * The HTTP API in front of the functions, as API Gateway is on AWS.
 *
 * @param failed is told when a function failed; the caller of the API only sees a 500
 */
export function createHttpApi(functions: Functions, failed: (error: FunctionError) => void): HttpApi {
  return {
    owns: (path) => PATHS.has(path),
    async handle(request) {
      const routeKey = `${request.method} ${new URL(request.target, 'http://localhost').pathname}`;
      const name = ROUTES.get(routeKey);
      if (name === undefined) return json(404, '{"message":"Not Found"}');
      try {
        return toResponse(await functions.invoke(name, toEvent(request, routeKey)));
      } catch (error) {
        if (!(error instanceof FunctionError)) throw error;
        failed(error);
        return json(500, '{"message":"Internal Server Error"}');
      }
    },
  };
}
