// Command checks reads the files of deploy/ with the libraries that will read them in production: Helm's renderer, the
// types of the Kubernetes API, Compose's loader, BuildKit's Dockerfile parser and Prometheus' rule parser.
//
//	checks chart CHART [VALUES]  renders the chart, prints the manifests, complains about what Kubernetes would refuse
//	checks compose FILE...       prints the project as Compose understands it
//	checks dockerfile FILE       complains about what BuildKit's linter complains about
//	checks rules FILE            complains about alert rules Prometheus would refuse
//	checks queries < FILE        complains about PromQL expressions, one a line
package main

import (
	"errors"
	"fmt"
	"os"
)

var commands = map[string]func(arguments []string) error{
	"chart":      chart,
	"compose":    compose,
	"dockerfile": dockerfile,
	"rules":      rules,
	"queries":    queries,
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: checks chart|compose|dockerfile|rules|queries [ARGUMENT]...")
		os.Exit(64)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func one(arguments []string) (string, error) {
	if len(arguments) != 1 {
		return "", errors.New("expected one file")
	}
	return arguments[0], nil
}
