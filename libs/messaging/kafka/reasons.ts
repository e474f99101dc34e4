import kafkajs from 'kafkajs';
import { connectionReason, reasonOfAnswer, tlsReason } from '../reason-words.js';

// A default import: Node finds only some of kafkajs's names in its CommonJS.
const { KafkaJSAggregateError, KafkaJSError } = kafkajs;
const { KafkaJSProtocolError, KafkaJSRequestTimeoutError, KafkaJSSASLAuthenticationError } = kafkajs;

/** The name of the Kafka error that brokers answered, if it was that. */
export function protocolErrorOf(error: unknown): string | undefined {
  const root = rootOf(error);
  return root instanceof KafkaJSProtocolError ? root.type : undefined;
}

/** What kafkajs says, in an error of no class of its own, when it asks a broker that did not answer before. */
const notConnected = 'Broker not connected';

/** What went wrong, in words that hold no secret; undefined when it is no error of kafkajs. */
export function reasonOf(error: unknown): string | undefined {
  const root = rootOf(error);
  if (root instanceof KafkaJSSASLAuthenticationError) return 'authentication failed';
  if (root instanceof KafkaJSProtocolError) return reasonOfAnswer(root.type);
  if (root instanceof KafkaJSRequestTimeoutError) return 'no answer in time';
  if (root instanceof Error && root.message === notConnected) return 'no answer in time';
  if (!(root instanceof KafkaJSError)) return undefined;
  const code = 'code' in root && typeof root.code === 'string' ? root.code : undefined;
  return tlsReason(code, [root.message]) ?? connectionReason(code, root.message);
}

/** kafkajs wraps its errors: the one without a cause says what happened. */
function rootOf(error: unknown): unknown {
  if (error instanceof KafkaJSAggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  return error instanceof KafkaJSError && error.cause instanceof Error ? rootOf(error.cause) : error;
}
