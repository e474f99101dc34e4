import { ApiProperty } from '@nestjs/swagger';

export class FaultDescription {
  @ApiProperty({ description: 'RFC 6901 pointer to what is at fault' })
  readonly pointer: string;

  @ApiProperty()
  readonly detail: string;

  @ApiProperty({ required: false, type: 'integer', description: '1-based line of a batch' })
  readonly line?: number;
}

/** RFC 9457 §3. */
export class ProblemDocument {
  @ApiProperty({ format: 'uri-reference' })
  readonly type: string;

  @ApiProperty()
  readonly title: string;

  @ApiProperty({ type: 'integer' })
  readonly status: number;

  @ApiProperty({ description: 'stable; what callers branch on' })
  readonly code: string;

  @ApiProperty()
  readonly detail: string;

  @ApiProperty({ type: [FaultDescription], required: false })
  readonly errors?: readonly FaultDescription[];
}
