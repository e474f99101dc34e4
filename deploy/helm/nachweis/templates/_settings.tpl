{{/* A PostgreSQL URL without password. Arguments: root, address, role. */}}
{{- define "nachweis.database" -}}
postgres://{{ (index .root.Values.postgres.roles .role).user }}@{{ .address }}
{{- if .root.Values.postgres.ca.secret }}?sslmode=verify-full&sslrootcert=/run/secrets/nachweis/postgres-ca{{ else }}?sslmode=disable{{ end }}
{{- end }}

{{/*
Settings of one process. Arguments: root, role (owner, ledger, relay or projector); `open` for one that works on the
registry alone, which names no exchange and no person: it gets neither vault nor key.
*/}}
{{- define "nachweis.settings" -}}
{{- $values := .root.Values -}}
{{- $secrets := "/run/secrets/nachweis" -}}
- { name: NACHWEIS_ORIGIN, value: {{ required "origin is required" $values.origin | quote }} }
- { name: NACHWEIS_LOG_LEVEL, value: {{ $values.logLevel }} }
- { name: NACHWEIS_EVENT_STORE, value: {{ $values.eventStore.url | quote }} }
- { name: NACHWEIS_EVENT_STORE_USER, value: {{ $values.eventStore.user | quote }} }
- { name: NACHWEIS_EVENT_STORE_PASSWORD_FILE, value: {{ $secrets }}/event-store }
- { name: NACHWEIS_EVENT_STORE_PREFIX, value: {{ $values.eventStore.prefix }} }
{{- if not (get . "open") }}
- { name: NACHWEIS_KEYS, value: /keys }
- { name: NACHWEIS_STATEMENT_TIMEOUT_MS, value: {{ int $values.postgres.statementTimeoutMs | quote }} }
- { name: NACHWEIS_VAULT, value: {{ include "nachweis.database" (dict "root" .root "address" $values.postgres.vault "role" .role) | quote }} }
- { name: NACHWEIS_VAULT_PASSWORD_FILE, value: {{ $secrets }}/postgres }
{{- end }}
{{- if ne .role "relay" }}
- { name: NACHWEIS_VAULT_KEYS, value: {{ include "nachweis.database" (dict "root" .root "address" $values.postgres.vaultKeys "role" .role) | quote }} }
- { name: NACHWEIS_VAULT_KEYS_PASSWORD_FILE, value: {{ $secrets }}/postgres }
- { name: NACHWEIS_VIEWS, value: {{ include "nachweis.database" (dict "root" .root "address" $values.postgres.views "role" .role) | quote }} }
- { name: NACHWEIS_VIEWS_PASSWORD_FILE, value: {{ $secrets }}/postgres }
{{- end }}
{{- if or (eq .role "relay") (eq .role "projector") }}
- { name: NACHWEIS_KAFKA, value: {{ $values.kafka.brokers | quote }} }
- { name: NACHWEIS_KAFKA_CLIENT, value: {{ $values.kafka.client }} }
- { name: NACHWEIS_KAFKA_REPLICATION, value: {{ int $values.kafka.replication | quote }} }
- { name: NACHWEIS_KAFKA_TLS, value: {{ ternary "on" "off" $values.kafka.tls | quote }} }
{{- with $values.kafka.prefix }}
- { name: NACHWEIS_KAFKA_PREFIX, value: {{ . | quote }} }
{{- end }}
{{- if $values.kafka.ca.secret }}
- { name: NACHWEIS_KAFKA_CA_FILE, value: {{ $secrets }}/kafka-ca }
{{- end }}
{{- with $values.kafka.sasl }}
- { name: NACHWEIS_KAFKA_SASL, value: {{ . }} }
{{- if eq . "oauthbearer" }}
- { name: NACHWEIS_KAFKA_TOKEN_FILE, value: {{ $secrets }}/kafka-token }
{{- else }}
- { name: NACHWEIS_KAFKA_USER, value: {{ required "kafka.user is required with SCRAM" $values.kafka.user | quote }} }
- { name: NACHWEIS_KAFKA_PASSWORD_FILE, value: {{ $secrets }}/kafka }
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq .role "relay") $values.relay.token.secret }}
- { name: NACHWEIS_LEDGER, value: http://{{ include "nachweis.name" .root }} }
- { name: NACHWEIS_LEDGER_TOKEN_FILE, value: {{ $secrets }}/ledger-token }
{{- end }}
{{- with $values.tracing.otlp }}
- { name: NACHWEIS_OTLP, value: {{ . | quote }} }
- { name: NACHWEIS_TRACE_SAMPLING, value: {{ $values.tracing.sampling | quote }} }
{{- end }}
{{- end }}

{{/* The files those settings name, from Secrets. Arguments as above. */}}
{{- define "nachweis.secrets" -}}
{{- $values := .root.Values -}}
{{- $role := index $values.postgres.roles .role -}}
{{- $files := list (dict "from" $values.eventStore.password "file" "event-store") -}}
{{- if not (get . "open") }}{{ $files = append $files (dict "from" $role.password "file" "postgres") }}{{ end -}}
{{- if and $values.postgres.ca.secret (not (get . "open")) }}{{ $files = append $files (dict "from" $values.postgres.ca "file" "postgres-ca") }}{{ end -}}
{{- if or (eq .role "relay") (eq .role "projector") -}}
{{- if $values.kafka.ca.secret }}{{ $files = append $files (dict "from" $values.kafka.ca "file" "kafka-ca") }}{{ end -}}
{{- if eq $values.kafka.sasl "oauthbearer" }}{{ $files = append $files (dict "from" $values.kafka.token "file" "kafka-token") }}
{{- else if $values.kafka.sasl }}{{ $files = append $files (dict "from" $values.kafka.password "file" "kafka") }}{{ end -}}
{{- end -}}
{{- if and (eq .role "relay") $values.relay.token.secret }}{{ $files = append $files (dict "from" $values.relay.token "file" "ledger-token") }}{{ end -}}
{{- range $files }}
- secret: { name: {{ required (printf "the Secret for %s is required" .file) .from.secret }}, items: [{ key: {{ .from.key }}, path: {{ .file }} }] }
{{- end }}
{{- end }}
