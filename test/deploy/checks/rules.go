package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"

	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

func rules(arguments []string) error {
	file, err := one(arguments)
	if err != nil {
		return err
	}
	groups, problems := rulefmt.ParseFile(file, false)
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	for _, group := range groups.Groups {
		fmt.Printf("group %s: %d rules\n", group.Name, len(group.Rules))
	}
	return nil
}

func queries([]string) error {
	var problems []error
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if _, err := parser.ParseExpr(lines.Text()); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", lines.Text(), err))
		}
	}
	return errors.Join(append(problems, lines.Err())...)
}
