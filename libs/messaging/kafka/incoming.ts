import { offset } from '#kernel';
import type { KafkaMessage } from 'kafkajs';
import type { IncomingRecord } from '../record-stream.js';
import { textHeaders } from '../text-headers.js';

export const incoming = ({ offset: at, value, headers = {} }: KafkaMessage): IncomingRecord => ({
  offset: offset(Number(at)),
  value,
  headers: textHeaders(Object.entries(headers)),
});
