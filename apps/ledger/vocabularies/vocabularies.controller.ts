import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { vocabularies, type Vocabulary } from '#catalogue';
import { DescribedVocabularies } from '../openapi/vocabularies.js';
import { code, readQuery } from '../views/query-parameters.js';

const query = { name: code(vocabularies, 'the name of a vocabulary') };

/** The closed lists of codes that entries are written in. They hold no person: reading them is no look. */
@Controller('v1/vocabularies')
export class VocabulariesController {
  @Get()
  @DescribedVocabularies()
  list(@Req() request: FastifyRequest) {
    const { name } = readQuery(request.query, query);
    const wanted = [...vocabularies.values()].filter((one) => name === undefined || one.name === name);
    return { vocabularies: wanted.map(shown) };
  }
}

const shown = ({ name, version, terms }: Vocabulary) => ({
  name,
  version,
  terms: [...terms].map(([code, { dpv, ...labels }]) => ({ code, labels, ...(dpv !== undefined && { dpv }) })),
});
