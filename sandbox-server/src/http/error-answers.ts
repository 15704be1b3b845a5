/** Turns whatever was thrown into an answer of the table of errors. */
import { EngineDown } from '@drydock/kit'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { errors } from '../contract/errors.ts'
import { isUnreachable, isUnstorable } from '../database/unreachable.ts'
import { Refusal } from '../refusal.ts'
import { RuntimeDown } from '../runtime/port.ts'

export function registerErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = toRefusal(error)
    if (refusal.code === 'INTERNAL' || refusal.code === 'DATABASE_UNAVAILABLE')
      request.log.error({ err: error }, 'request failed')
    return sendRefusal(reply, refusal)
  })
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8')
  return reply.code(errors[refusal.code].status).serializer(JSON.stringify).send(refusal.toBody())
}

/** For addresses that the router cannot even read. */
export function answerBadAddress(_error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  void sendRefusal(reply, new Refusal('BAD_REQUEST', 'The address is not in a form that can be read.'))
}

function toRefusal(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map(({ instancePath, message }) => ({ field: instancePath.slice(0, 100), message }))
    return new Refusal('BAD_REQUEST', undefined, { in: error.validationContext, fields: fields.slice(0, 10) })
  }
  if (error instanceof RuntimeDown || error instanceof EngineDown) return new Refusal('ENGINE_UNAVAILABLE')
  if (isUnreachable(error)) return new Refusal('DATABASE_UNAVAILABLE')
  if (isUnstorable(error)) return new Refusal('BAD_REQUEST')
  if (error.statusCode === 413) return new Refusal('TOO_LARGE')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new Refusal('BAD_REQUEST', undefined, { reason: error.code })
  return new Refusal('INTERNAL')
}
