package main

import (
	"context"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func compose(arguments []string) error {
	options, err := cli.NewProjectOptions(arguments, cli.WithOsEnv, cli.WithName("nachweis"), cli.WithResolvedPaths(false))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	text, err := project.MarshalYAML()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}
