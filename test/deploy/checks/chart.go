package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

// What the chart may contain. Anything else is a typing error or needs a line here.
var kinds = map[string]func() any{
	"apps/v1/Deployment":                     func() any { return &appsv1.Deployment{} },
	"autoscaling/v2/HorizontalPodAutoscaler": func() any { return &autoscalingv2.HorizontalPodAutoscaler{} },
	"batch/v1/Job":                           func() any { return &batchv1.Job{} },
	"batch/v1/CronJob":                       func() any { return &batchv1.CronJob{} },
	"networking.k8s.io/v1/NetworkPolicy":     func() any { return &networkingv1.NetworkPolicy{} },
	"networking.k8s.io/v1/Ingress":           func() any { return &networkingv1.Ingress{} },
	"policy/v1/PodDisruptionBudget":          func() any { return &policyv1.PodDisruptionBudget{} },
	"v1/ConfigMap":                           func() any { return &corev1.ConfigMap{} },
	"v1/PersistentVolumeClaim":               func() any { return &corev1.PersistentVolumeClaim{} },
	"v1/Service":                             func() any { return &corev1.Service{} },
	"v1/ServiceAccount":                      func() any { return &corev1.ServiceAccount{} },
}

func chart(arguments []string) error {
	if len(arguments) < 1 {
		return errors.New("expected the folder of a chart")
	}
	loaded, err := loader.Load(arguments[0])
	if err != nil {
		return err
	}
	values := chartutil.Values{}
	if len(arguments) > 1 {
		if values, err = chartutil.ReadValuesFile(arguments[1]); err != nil {
			return err
		}
	}
	release := chartutil.ReleaseOptions{Name: "ledger", Namespace: "audit", Revision: 1, IsInstall: true}
	prepared, err := chartutil.ToRenderValues(loaded, values, release, chartutil.DefaultCapabilities)
	if err != nil {
		return err
	}
	rendered, err := engine.Engine{Strict: true}.Render(loaded, prepared)
	if err != nil {
		return err
	}
	files := make([]string, 0, len(rendered))
	for file := range rendered {
		files = append(files, file)
	}
	sort.Strings(files)
	var problems []error
	for _, file := range files {
		if !strings.HasSuffix(file, ".yaml") {
			continue
		}
		for _, document := range strings.Split(rendered[file], "\n---") {
			document = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(document), "---"))
			if document == "" {
				continue
			}
			if err := decode(document); err != nil {
				problems = append(problems, fmt.Errorf("%s: %w", file, err))
			}
			fmt.Fprintf(os.Stdout, "---\n# %s\n%s\n", file, document)
		}
	}
	return errors.Join(problems...)
}

// decode finds unknown fields and values of the wrong type, as the API server does.
func decode(document string) error {
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := yaml.Unmarshal([]byte(document), &head); err != nil {
		return err
	}
	object := kinds[head.APIVersion+"/"+head.Kind]
	if object == nil {
		return fmt.Errorf("unexpected %s %s", head.APIVersion, head.Kind)
	}
	text, err := yaml.YAMLToJSONStrict([]byte(document))
	if err != nil {
		return err
	}
	// Unlike Go's own decoder this one knows that `readonly` is not `readOnly`.
	wrong, err := json.UnmarshalStrict(text, object())
	return errors.Join(append(wrong, err)...)
}
