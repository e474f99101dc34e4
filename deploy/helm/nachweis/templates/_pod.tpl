{{/*
The pod of one process. Arguments: root, process (its label), role, command, port, resources; for a process that ends
by itself: once; for one that needs no keys: open. `environment`, `mounts` and `volumes` hold YAML of what only this
process has.
*/}}
{{- define "nachweis.pod" -}}
metadata:
  labels:
    {{- include "nachweis.labels" . | nindent 4 }}
  {{- with .root.Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: 45
  {{- if get . "once" }}
  restartPolicy: OnFailure
  {{- end }}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    runAsGroup: 1000
    fsGroup: 1000
    # Else every start would open the key files to the group, and the ledger refuses such files.
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: { type: RuntimeDefault }
  {{- if and .root.Values.keys.secret (not (get . "open")) }}
  initContainers:
    # Files of a Secret can be read by a group; key files must not.
    - name: keys
      image: {{ include "nachweis.image" .root }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      command: [sh, -c, 'install --mode=0600 /secret/* /keys/ && mkdir -p /keys/trails']
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: { drop: [ALL] }
      resources:
        requests: { cpu: 10m, memory: 16Mi }
        limits: { memory: 32Mi }
      volumeMounts:
        - { name: keys-secret, mountPath: /secret, readOnly: true }
        - { name: keys, mountPath: /keys }
  {{- end }}
  containers:
    - name: {{ .role }}
      image: {{ include "nachweis.image" .root }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: {{ .command | toJson }}
      env:
        {{- include "nachweis.settings" . | nindent 8 }}
        {{- with get . "environment" }}
        {{- . | nindent 8 }}
        {{- end }}
      {{- if not (get . "once") }}
      ports:
        - { name: http, containerPort: {{ .port }} }
      # Derived data that are missing are built from the log first.
      startupProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 5
        failureThreshold: 360
      livenessProbe:
        httpGet: { path: /health/live, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      # What a ledger cannot work without, all of them share: taking it out of service would help nobody, and its own
      # answers say more. `/health/ready` is for alerts.
      readinessProbe:
        httpGet: { path: {{ ternary "/health/live" "/health/ready" (eq .role "ledger") }}, port: http }
        periodSeconds: 5
        timeoutSeconds: 6
      {{- end }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: { drop: [ALL] }
      volumeMounts:
        {{- if not (get . "open") }}
        # With keys from a Secret nothing may make others: each process would have its own.
        - { name: keys, mountPath: /keys, readOnly: {{ or (not (empty .root.Values.keys.secret)) (eq .role "projector") }} }
        {{- end }}
        - { name: secrets, mountPath: /run/secrets/nachweis, readOnly: true }
        - { name: data, mountPath: /var/lib/nachweis }
        - { name: tmp, mountPath: /tmp }
        {{- with get . "mounts" }}
        {{- . | nindent 8 }}
        {{- end }}
  volumes:
    {{- if get . "open" }}
    {{- else if .root.Values.keys.secret }}
    - name: keys
      emptyDir: { medium: Memory, sizeLimit: 1Mi }
    - name: keys-secret
      secret: { secretName: {{ .root.Values.keys.secret }}, defaultMode: 0440 }
    {{- else }}
    - name: keys
      persistentVolumeClaim: { claimName: {{ .root.Values.keys.claim }} }
    {{- end }}
    - name: secrets
      projected:
        defaultMode: 0440
        sources:
          {{- include "nachweis.secrets" . | nindent 10 }}
    {{- if get . "volumes" }}
    {{- .volumes | nindent 4 }}
    {{- else }}
    - name: data
      emptyDir: { sizeLimit: 256Mi }
    {{- end }}
    - name: tmp
      emptyDir: { sizeLimit: 64Mi }
  {{- with .root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if not (get . "once") }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "nachweis.selector" . | nindent 10 }}
  {{- end }}
{{- end }}
