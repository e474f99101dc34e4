package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func dockerfile(arguments []string) error {
	file, err := one(arguments)
	if err != nil {
		return err
	}
	text, err := os.Open(file)
	if err != nil {
		return err
	}
	defer text.Close()
	parsed, err := parser.Parse(text)
	if err != nil {
		return err
	}
	var complaints []error
	lint := linter.New(&linter.Config{
		Warn: func(rule, _, _, message string, place []parser.Range) {
			complaints = append(complaints, fmt.Errorf("%s: %s %v", rule, message, place))
		},
	})
	stages, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		return err
	}
	for _, warning := range parsed.Warnings {
		complaints = append(complaints, errors.New(warning.Short))
	}
	for _, stage := range stages {
		fmt.Printf("stage %s from %s: %d instructions\n", stage.Name, stage.BaseName, len(stage.Commands))
	}
	return errors.Join(complaints...)
}
